package io.conductore.topology.head;

import io.conductore.schemas.Log;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What a stage counts, among Kafka Streams' own metrics (group stream-stage-metrics). */
final class StageCounters {
  private final Sensor duplicates;
  private final Sensor deadLetters;
  private final Sensor derived;

  StageCounters(ProcessorContext<?, ?> context, Log log) {
    String task = context.taskId().toString();
    this.duplicates = sensor(context.metrics(), log, task, "duplicates-dropped");
    this.deadLetters = sensor(context.metrics(), log, task, "dead-letters");
    this.derived = sensor(context.metrics(), log, task, "derived-events");
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

  private static Sensor sensor(StreamsMetrics metrics, Log log, String task, String operation) {
    return metrics.addRateTotalSensor(
        "stage",
        log.name().toLowerCase(java.util.Locale.ROOT),
        operation,
        Sensor.RecordingLevel.INFO,
        "task-id",
        task);
  }
}
