package io.conductore.schemas;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One topic of the system.
 *
 * @param key what the record key is, in words
 * @param log the log of record that the values belong to, or null when they are bytes of any kind
 * @param retention how long records are kept; null for ever
 * @param recordBytesMax the largest record with its headers
 * @param stamp whose clock the record timestamps are from
 * @param purpose one sentence for the reference page
 */
public record TopicSpec(
    String name,
    String key,
    @Nullable Log log,
    int partitions,
    Cleanup cleanup,
    @Nullable Duration retention,
    int recordBytesMax,
    Stamp stamp,
    String purpose) {

  /** Kafka's cleanup.policy. */
  public enum Cleanup {
    DELETE,
    COMPACT
  }

  /** Kafka's message.timestamp.type. */
  public enum Stamp {
    PRODUCER("CreateTime"),
    BROKER("LogAppendTime");

    private final String configured;

    Stamp(String configured) {
      this.configured = configured;
    }
  }

  /** The topic configuration this row stands for. */
  public Map<String, String> config() {
    return Map.of(
        "cleanup.policy",
        cleanup.name().toLowerCase(Locale.ROOT),
        "retention.ms",
        retention == null ? "-1" : Long.toString(retention.toMillis()),
        "max.message.bytes",
        Integer.toString(recordBytesMax),
        "message.timestamp.type",
        stamp.configured);
  }
}
