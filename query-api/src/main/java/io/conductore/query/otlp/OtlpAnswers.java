package io.conductore.query.otlp;

import com.google.protobuf.CodedOutputStream;
import io.conductore.query.http.Answers;
import io.conductore.topology.otlp.OtlpKind;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers in the encoding of the request, as OTLP 1.x demands: an export response with a partial
 * success if an item was refused, and a google.rpc.Status for every 4xx and 5xx.
 */
final class OtlpAnswers {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final int PARTIAL_SUCCESS_FIELD = 1;
  private static final int REJECTED_FIELD = 1;
  private static final int PARTIAL_MESSAGE_FIELD = 2;
  private static final int STATUS_CODE_FIELD = 1;
  private static final int STATUS_MESSAGE_FIELD = 2;
  private static final int CODE_INVALID_ARGUMENT = 3;
  private static final int CODE_UNAVAILABLE = 14;
  private static final int UNAVAILABLE = 503;

  private OtlpAnswers() {}

  static void accepted(Context ctx, OtlpKind kind, boolean json, long rejected, String why) {
    if (json) {
      Answers.json(
          ctx,
          rejected == 0
              ? Map.of()
              : Map.of(
                  "partialSuccess",
                  Map.of(kind.rejectedField(), Long.toString(rejected), "errorMessage", why)));
    } else {
      ctx.contentType(PROTOBUF).result(rejected == 0 ? new byte[0] : partial(rejected, why));
    }
  }

  static void refused(Context ctx, boolean json, int status, String why, @Nullable Duration retry) {
    if (retry != null) {
      ctx.header(Header.RETRY_AFTER, Long.toString(Math.max(1, retry.toSeconds())));
    }
    int code = status == UNAVAILABLE ? CODE_UNAVAILABLE : CODE_INVALID_ARGUMENT;
    ctx.status(status);
    if (json) {
      Answers.json(ctx, Map.of("code", code, "message", why));
    } else {
      ctx.contentType(PROTOBUF).result(message(out -> {
        out.writeInt32(STATUS_CODE_FIELD, code);
        out.writeString(STATUS_MESSAGE_FIELD, why);
      }));
    }
  }

  /** The three responses have the same two fields. */
  private static byte[] partial(long rejected, String why) {
    byte[] inner = message(out -> {
      out.writeInt64(REJECTED_FIELD, rejected);
      out.writeString(PARTIAL_MESSAGE_FIELD, why);
    });
    return message(out -> out.writeByteArray(PARTIAL_SUCCESS_FIELD, inner));
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
