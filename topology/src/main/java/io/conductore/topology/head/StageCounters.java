package io.conductore.topology.head;

import io.conductore.schemas.Feed;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;

/**
 * What a stage counts, among Kafka Streams' own metrics (group stream-stage-metrics). By thread and
 * not by task: tasks of one thread share a sensor, and each would show what all of them counted.
 */
final class StageCounters {
  private final Sensor duplicates;
  private final Sensor deadLetters;
  private final Sensor derived;

  StageCounters(StreamsMetrics metrics, Feed feed) {
    this.duplicates = sensor(metrics, feed, "duplicates-dropped");
    this.deadLetters = sensor(metrics, feed, "dead-letters");
    this.derived = sensor(metrics, feed, "derived-events");
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

  private static Sensor sensor(StreamsMetrics metrics, Feed feed, String operation) {
    return metrics.addRateTotalSensor(
        "stage",
        feed.name().toLowerCase(java.util.Locale.ROOT),
        operation,
        Sensor.RecordingLevel.INFO);
  }
}
