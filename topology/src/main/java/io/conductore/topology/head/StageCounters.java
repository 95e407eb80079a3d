package io.conductore.topology.head;

import io.conductore.schemas.Feed;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What a stage counts, among Kafka Streams' own metrics (group stream-stage-metrics). */
final class StageCounters {
  private final Sensor duplicates;
  private final Sensor deadLetters;
  private final Sensor derived;

  StageCounters(ProcessorContext<?, ?> context, Feed feed) {
    String task = context.taskId().toString();
    this.duplicates = sensor(context.metrics(), feed, task, "duplicates-dropped");
    this.deadLetters = sensor(context.metrics(), feed, task, "dead-letters");
    this.derived = sensor(context.metrics(), feed, task, "derived-events");
  }

  void duplicate() {
    duplicates.record();
  }

  void deadLetter() {
    deadLetters.record();
  }

  void derived() {
    derived.record();
  }

  private static Sensor sensor(StreamsMetrics metrics, Feed feed, String task, String operation) {
    return metrics.addRateTotalSensor(
        "stage",
        feed.name().toLowerCase(java.util.Locale.ROOT),
        operation,
        Sensor.RecordingLevel.INFO,
        "task-id",
        task);
  }
}
