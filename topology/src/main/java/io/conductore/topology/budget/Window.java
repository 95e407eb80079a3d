package io.conductore.topology.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/** The windows a budget has, aligned to UTC. */
public enum Window {
  HOUR(0, Duration.ofHours(1)),
  DAY(1, Duration.ofDays(1));

  private final int code;
  private final long lengthMs;

  Window(int code, Duration length) {
    this.code = code;
    this.lengthMs = length.toMillis();
  }

  /** As events and answers spell it: hour, day. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Window ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** As state holds it; never given to another window. */
  int code() {
    return code;
  }

  static Window ofCode(int code) {
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

  public Instant endOf(long bucket) {
    return startOf(bucket + 1);
  }
}
