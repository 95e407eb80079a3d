package io.conductore.query;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Times every request by route and status; the route is the pattern, so that labels stay few. */
final class RouteMetrics {
  private static final String NAME = "http.server.request.duration";

  private RouteMetrics() {}

  static void bind(JavalinConfig config, MeterRegistry registry) {
    config.requestLogger.http((ctx, ms) -> record(ctx, ms, registry));
  }

  private static void record(Context ctx, float ms, MeterRegistry registry) {
    Timer.builder(NAME)
        .tag("http.request.method", ctx.method().name())
        .tag("http.route", route(ctx))
        .tag("http.response.status_code", Integer.toString(ctx.statusCode()))
        .publishPercentileHistogram(false)
        .register(registry)
        .record(Duration.ofNanos((long) (ms * 1_000_000)));
  }

  private static String route(Context ctx) {
    var endpoint = ctx.endpoints().lastHttpEndpoint();
    return endpoint == null ? "none" : endpoint.path;
  }
}
