package io.conductore.topology.otlp;

import io.conductore.schemas.Topics;
import java.util.Arrays;

/** The three signals, each with its path, its topic and its request message. */
public enum OtlpKind {
  LOGS("/v1/logs", Topics.OTLP_LOGS, "rejectedLogRecords"),
  METRICS("/v1/metrics", Topics.OTLP_METRICS, "rejectedDataPoints"),
  TRACES("/v1/traces", Topics.OTLP_SPANS, "rejectedSpans");

  private final String path;
  private final String topic;
  private final String rejectedField;

  OtlpKind(String path, String topic, String rejectedField) {
    this.path = path;
    this.topic = topic;
    this.rejectedField = rejectedField;
  }

  /** Of OTLP/HTTP. */
  public String path() {
    return path;
  }

  /** The default topic of the Collector's Kafka exporter. */
  public String topic() {
    return topic;
  }

  /** @throws IllegalArgumentException for a topic that is none of the three */
  public static OtlpKind ofTopic(String topic) {
    return Arrays.stream(values())
        .filter(kind -> kind.topic.equals(topic))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no telemetry comes on " + topic));
  }

  /** The count in the JSON form of a partial success. */
  public String rejectedField() {
    return rejectedField;
  }
}
