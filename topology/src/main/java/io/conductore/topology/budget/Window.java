package io.conductore.topology.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The windows a budget has, aligned to UTC. */
public enum Window {
  HOUR(0, Duration.ofHours(1)),
  DAY(1, Duration.ofDays(1)),
  /** Never turns: all that is ever spent. */
  TOTAL(2, Duration.ofMillis(Long.MAX_VALUE));

  /** Those that turn. */
  public static final List<Window> BY_CLOCK = List.of(HOUR, DAY);

  private final int code;
  private final long lengthMs;

  Window(int code, Duration length) {
    this.code = code;
    this.lengthMs = length.toMillis();
  }

  /** As events and answers spell it: hour, day, total. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Window ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** As state holds it; never given to another window. */
  public int code() {
    return code;
  }

  public static Window ofCode(int code) {
    return Arrays.stream(values())
        .filter(window -> window.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no window has the code " + code));
  }

  /** The number of this window since the epoch. */
  public long bucketAt(long timeMs) {
    return Math.floorDiv(timeMs, lengthMs);
  }

  public Instant startOf(long bucket) {
    return Instant.ofEpochMilli(bucket * lengthMs);
  }

  /** When it turns; far beyond every date for the one that never does. */
  public Instant endOf(long bucket) {
    return this == TOTAL ? Instant.ofEpochMilli(Long.MAX_VALUE) : startOf(bucket + 1);
  }

  public boolean turns() {
    return this != TOTAL;
  }
}
