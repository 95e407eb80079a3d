package io.conductore.topology.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The windows a budget has, aligned to UTC. */
public enum Window {
  HOUR(Duration.ofHours(1)),
  DAY(Duration.ofDays(1));

  private final long lengthMs;

  Window(Duration length) {
    this.lengthMs = length.toMillis();
  }

  /** As events and answers spell it: hour, day. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Window ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The number of this window since the epoch. */
  public long bucketAt(long timeMs) {
    return Math.floorDiv(timeMs, lengthMs);
  }

  public Instant startOf(long bucket) {
    return Instant.ofEpochMilli(bucket * lengthMs);
  }

  public Instant endOf(long bucket) {
    return startOf(bucket + 1);
  }
}
