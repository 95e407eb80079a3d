package io.conductore.schemas.registry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Doubling pauses, the second half of each left to chance so that many clients do not come back
 * together.
 */
public record Backoff(Duration first, Duration max) {
  private static final int DOUBLINGS_MAX = 20;

  public Backoff {
    if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
      throw new IllegalArgumentException("backoff needs 0 < first <= max: " + first + ", " + max);
    }
  }

  Duration pause(int round, RandomGenerator random) {
    Duration doubled = first.multipliedBy(1L << Math.min(round, DOUBLINGS_MAX));
    long capNanos = (doubled.compareTo(max) < 0 ? doubled : max).toNanos();
    return Duration.ofNanos(capNanos / 2 + random.nextLong(capNanos / 2 + 1));
  }
}
