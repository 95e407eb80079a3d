package io.conductore.query.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A request's body, within its size and its time, whatever its headers promise. */
public final class Body {
  private static final int CHUNK_BYTES = 8_192;
  private static final String LIMITS = "rig.limits";

  private Body() {}

  /** Every route that takes a body reads it here; throws the problem to answer with. */
  public static byte[] read(Context ctx) {
    HttpLimits limits = ctx.attribute(LIMITS);
    long timeNanosMax =
        (limits == null ? HttpLimits.DEFAULT : limits).bodyTime().toNanos();
    int bytesMax = HttpLimits.bodyBytesMax(ctx.path());
    long startNanos = System.nanoTime();
    try (InputStream in = ctx.req().getInputStream()) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        body.write(chunk, 0, count);
        if (body.size() > bytesMax) {
          throw refused(ctx, Problem.bodyTooLarge(bytesMax));
        }
        if (System.nanoTime() - startNanos > timeNanosMax) {
          throw refused(ctx, Problem.bodyTooSlow());
        }
      }
      return body.toByteArray();
    } catch (IOException broken) {
      throw isLate(broken)
          ? refused(ctx, Problem.bodyTooSlow())
          : new ProblemException(Problem.malformedJson("The body ended early."));
    }
  }

  /** Before any route: what its headers already show to be too much. */
  static void check(Context ctx, HttpLimits limits) {
    ctx.attribute(LIMITS, limits);
    int bytesMax = HttpLimits.bodyBytesMax(ctx.path());
    long length = ctx.req().getContentLengthLong();
    if (length > bytesMax) {
      throw refused(ctx, Problem.bodyTooLarge(bytesMax));
    }
    boolean given = length > 0 || ctx.header("Transfer-Encoding") != null;
    if (given && hasNoBody(ctx.method().name())) {
      throw refused(ctx, Problem.bodyNotExpected());
    }
  }

  /** A body that nobody reads is a mistake, or another request that hides in this one. */
  private static boolean hasNoBody(String method) {
    return switch (method.toUpperCase(Locale.ROOT)) {
      case "GET", "HEAD", "DELETE", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }

  /** The rest of the body is not waited for. */
  private static ProblemException refused(Context ctx, Problem problem) {
    ctx.header("Connection", "close");
    return new ProblemException(problem);
  }

  static boolean isLate(IOException broken) {
    for (@Nullable Throwable why = broken; why != null; why = why.getCause()) {
      if (why instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }
}
