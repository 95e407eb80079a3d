package io.conductore.embedded.run;

import io.conductore.query.QueryApi;
import io.conductore.query.auth.Access;
import io.conductore.query.health.Dependency;
import io.conductore.query.http.HttpLimits;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The API with its metrics: open from the start, answering once the application stands behind it.
 */
final class ApiDoor implements AutoCloseable {
  private final PrometheusMeterRegistry metrics;
  private final JvmGcMetrics collections;
  private final QueryApi api;
  private @Nullable KafkaStreamsMetrics streams;

  private ApiDoor(PrometheusMeterRegistry metrics, JvmGcMetrics collections, QueryApi api) {
    this.metrics = metrics;
    this.collections = collections;
    this.api = api;
  }

  /** Listens when it returns; answers 503 but for the health of the process. */
  static ApiDoor open(
      RunSettings settings, Access access, List<Dependency> dependencies, InstantSource clock) {
    var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    metrics.config().meterFilter(new KafkaSeries());
    var collections = new JvmGcMetrics();
    collections.bindTo(metrics);
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new UptimeMetrics().bindTo(metrics);
    var api = QueryApi.start(new QueryApi.Settings(
        settings.host(),
        settings.port(),
        dependencies,
        metrics,
        clock,
        access,
        HttpLimits.DEFAULT));
    return new ApiDoor(metrics, collections, api);
  }

  void attach(Application application) {
    api.attach(application.backbone());
    streams = new KafkaStreamsMetrics(application.streams());
    streams.bindTo(metrics);
  }

  /** Takes no more, finishes what is under way. */
  @Override
  public void close() {
    api.close();
    collections.close();
    if (streams != null) {
      streams.close();
    }
  }
}
