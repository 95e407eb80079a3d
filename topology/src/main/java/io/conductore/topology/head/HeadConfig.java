package io.conductore.topology.head;

import java.time.Duration;

/**
 * What the head of a log needs to know.
 *
 * @param dedupWindow how long an event id is remembered (docs/decisions/0006-dedup-window.md)
 * @param streamEntriesMax how many newest events of a stream the store keeps; the log keeps all
 * @param schemaWait how long an unknown schema id waits for a registry that is away, before the
 *     dead letters
 */
public record HeadConfig(
    Progress progress, Duration dedupWindow, long streamEntriesMax, Duration schemaWait) {
  /** A month, so that an import can be repeated, and a few days of grace. */
  public static final Duration DEDUP_WINDOW = Duration.ofDays(35);

  public static final long STREAM_ENTRIES_MAX = 100_000;
  public static final Duration SCHEMA_WAIT = Duration.ofSeconds(30);

  /** The defaults. */
  public static HeadConfig of(Progress progress) {
    return new HeadConfig(progress, DEDUP_WINDOW, STREAM_ENTRIES_MAX, SCHEMA_WAIT);
  }
}
