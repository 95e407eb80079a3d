package io.conductore.query.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server around the routes: virtual threads, limits, security headers, and problems for every
 * error.
 */
public final class HttpServer {
  private static final Logger LOGGER = LoggerFactory.getLogger(HttpServer.class);
  private static final long ASYNC_MS_MAX = 60_000;
  private static final long STOP_MS_MAX = 1_000;
  private static final long NO_LIMIT = -1;
  private static final String CONTENT_POLICY =
      "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

  private HttpServer() {}

  /** For the address or name that the caller then starts it on. */
  public static Javalin create(String host, HttpLimits limits, Consumer<JavalinConfig> routes) {
    return Javalin.create(config -> {
      config.startup.showJavalinBanner = false;
      config.startup.showOldJavalinVersionWarning = false;
      config.startup.startupWatcherEnabled = false;
      config.concurrency.useVirtualThreads = true;
      config.http.prefer405over404 = true;
      config.http.asyncTimeout = ASYNC_MS_MAX;
      config.http.maxRequestSize = HttpLimits.BODY_BYTES_MAX;
      config.http.defaultContentType = "application/json";
      config.staticFiles.enableWebjars();
      config.staticFiles.add("/web", Location.CLASSPATH);
      jetty(config, limits);
      config.routes.before(HostGuard.of(host)::check);
      guards(config, limits);
      routes.accept(config);
      problems(config);
    });
  }

  private static void jetty(JavalinConfig config, HttpLimits limits) {
    config.jetty.modifyServer(server -> {
      server.setStopTimeout(STOP_MS_MAX);
      server.addEventListener(new IdleLimit(limits.idle()));
      server.setErrorHandler(new ProblemPages());
      // A net below Body, for whatever reads otherwise; one more, so that Body's answer comes
      // first.
      server.setHandler(new SizeLimitHandler(HttpLimits.EXPORT_BYTES_MAX + 1L, NO_LIMIT));
    });
    config.jetty.modifyHttpConfiguration(http -> {
      http.setIdleTimeout(limits.idle().toMillis());
      http.setRequestHeaderSize(HttpLimits.HEADER_BYTES_MAX);
      http.setSendServerVersion(false);
    });
  }

  /** Javalin makes the connectors after the server; a slow header line is theirs to cut. */
  private record IdleLimit(Duration idle) implements LifeCycle.Listener {
    @Override
    public void lifeCycleStarting(LifeCycle event) {
      for (Connector connector : ((Server) event).getConnectors()) {
        ((AbstractConnector) connector).setIdleTimeout(idle.toMillis());
      }
    }
  }

  private static void guards(JavalinConfig config, HttpLimits limits) {
    config.routes.before(HttpServer::refuseOtherOrigins);
    config.routes.before(ctx -> Body.check(ctx, limits));
    config.routes.before(ctx -> {
      ctx.header("Content-Security-Policy", CONTENT_POLICY);
      ctx.header(Header.X_CONTENT_TYPE_OPTIONS, "nosniff");
      ctx.header("Referrer-Policy", "no-referrer");
    });
  }

  private static void refuseOtherOrigins(Context ctx) {
    boolean reads = ctx.method().name().equals("GET") || ctx.method().name().equals("HEAD");
    if (!reads) {
      mustBeSameOrigin(ctx);
    }
  }

  /**
   * A page of another site, open in a browser on this machine, must not write into the log; asked
   * for every method that is not a read, and by routes whose GET writes. Browsers send no Origin
   * with a GET, but say where it comes from.
   */
  public static void mustBeSameOrigin(Context ctx) {
    String site = ctx.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new ProblemException(Problem.crossOrigin());
    }
    String origin = ctx.header("Origin");
    if (origin == null) {
      return;
    }
    String host = ctx.header(Header.HOST);
    if (host == null || !origin.endsWith("//" + host)) {
      throw new ProblemException(Problem.crossOrigin());
    }
  }

  private static void problems(JavalinConfig config) {
    config.routes.exception(
        ProblemException.class, (problem, ctx) -> Answers.problem(ctx, problem.problem()));
    config.routes.exception(
        HttpResponseException.class,
        (refused, ctx) -> Answers.problem(
            ctx, Problem.ofStatus(refused.getStatus(), String.valueOf(refused.getMessage()))));
    config.routes.exception(
        HttpException.RuntimeException.class,
        (refused, ctx) -> Answers.problem(
            ctx, Problem.ofStatus(refused.getCode(), String.valueOf(refused.getReason()))));
    config.routes.exception(IOException.class, HttpServer::broken);
    config.routes.exception(Exception.class, HttpServer::unexpected);
  }

  /** A body that did not come, read by something else than Body. */
  private static void broken(IOException error, Context ctx) {
    if (Body.isLate(error)) {
      Answers.problem(ctx, Problem.bodyTooSlow());
    } else {
      unexpected(error, ctx);
    }
  }

  private static void unexpected(Exception error, Context ctx) {
    String id = UUID.randomUUID().toString();
    LOGGER
        .atError()
        .setCause(error)
        .addKeyValue("errorId", id)
        .addKeyValue("method", ctx.method())
        .log("request failed");
    Answers.problem(ctx, Problem.internal(id));
  }
}
