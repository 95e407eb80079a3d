package io.conductore.topology.otlp;

/** The three signals, each with its path, its topic and its request message. */
public enum OtlpKind {
  LOGS("/v1/logs", "otlp_logs", "rejectedLogRecords"),
  METRICS("/v1/metrics", "otlp_metrics", "rejectedDataPoints"),
  TRACES("/v1/traces", "otlp_spans", "rejectedSpans");

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

  /** The count in the JSON form of a partial success. */
  public String rejectedField() {
    return rejectedField;
  }
}
