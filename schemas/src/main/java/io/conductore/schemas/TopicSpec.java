package io.conductore.schemas;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One topic of the system.
 *
 * @param key what the record key is, in words
 * @param log the log of record that the values belong to, or null when they are bytes of any kind
 * @param retention how long records are kept; null for ever
 * @param purpose one sentence for the reference page
 */
public record TopicSpec(
    String name,
    String key,
    @Nullable Log log,
    int partitions,
    Cleanup cleanup,
    @Nullable Duration retention,
    String purpose) {

  /** Kafka's cleanup.policy. */
  public enum Cleanup {
    DELETE,
    COMPACT
  }

  /** The topic configuration this row stands for. */
  public Map<String, String> config() {
    return Map.of(
        "cleanup.policy", cleanup.name().toLowerCase(java.util.Locale.ROOT),
        "retention.ms", retention == null ? "-1" : Long.toString(retention.toMillis()),
        "max.message.bytes", Integer.toString(Topics.RECORD_BYTES_MAX));
  }
}
