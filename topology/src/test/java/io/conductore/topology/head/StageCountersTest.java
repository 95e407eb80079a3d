package io.conductore.topology.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Feed;
import java.util.List;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.processor.internals.metrics.StreamsMetricsImpl;
import org.junit.jupiter.api.Test;

/** What the stages count must be what a sum over the metrics says. */
class StageCountersTest {

  @Test
  void shouldCountOnceWhenAThreadHasSeveralTasks() {
    // given
    try (Metrics metrics = new Metrics()) {
      var streams = new StreamsMetricsImpl(metrics, "client", Time.SYSTEM);
      var tasks = List.of(
          new StageCounters(streams, Feed.ACTIVITY), new StageCounters(streams, Feed.ACTIVITY));

      // when
      tasks.forEach(StageCounters::deadLetter);

      // then
      double counted = metrics.metrics().values().stream()
          .filter(metric -> metric.metricName().name().equals("dead-letters-total"))
          .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
          .sum();
      assertThat(counted).isEqualTo(2);
    }
  }
}
