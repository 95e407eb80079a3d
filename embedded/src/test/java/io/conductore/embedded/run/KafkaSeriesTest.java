package io.conductore.embedded.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSeriesTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();

  KafkaSeriesTest() {
    registry.config().meterFilter(new KafkaSeries());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.stream.client.state",
        "kafka.stream.thread.commit.latency.max",
        "kafka.stream.task.dropped.records.total",
        "kafka.stream.state.updater.active.restore.ratio",
        "kafka.stream.state.num.open.iterators",
        "kafka.consumer.fetch.manager.records.lag.max",
        "rig.events.clamped"
      })
  void shouldShowWhatOperatorsLookAt(String name) {
    registry.counter(name);

    assertThat(registry.find(name).counter()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.stream.processor.node.process.total",
        "kafka.stream.state.put.latency.avg",
        "kafka.consumer.reauthentication.latency.max",
        "kafka.consumer.fetch.manager.fetch.throttle.time.avg",
        "kafka.admin.client.connection.count"
      })
  void shouldLeaveOutWhatNobodyReads(String name) {
    registry.counter(name);

    assertThat(registry.find(name).counter()).isNull();
  }
}
