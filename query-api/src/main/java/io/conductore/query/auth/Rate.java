package io.conductore.query.auth;

import java.time.Duration;

/**
 * How often: so many a second in the long run, and so many at once. One request is one, of a batch
 * each event.
 */
public record Rate(double perSecond, int burst) {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * What is left at a time. A cost above the burst is let through when everything is there, and is
   * paid off afterwards.
   */
  record Bucket(double left, long atNanos) {}

  Bucket full(long nowNanos) {
    return new Bucket(burst, nowNanos);
  }

  Bucket refilled(Bucket bucket, long nowNanos) {
    double passed = Math.max(0, nowNanos - bucket.atNanos()) / NANOS_PER_SECOND;
    return new Bucket(Math.min(burst, bucket.left() + passed * perSecond), nowNanos);
  }

  /** Zero when the cost can be paid now. */
  Duration wait(Bucket bucket, int cost) {
    double missing = Math.min(cost, burst) - bucket.left();
    return missing <= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.ceil(missing / perSecond * NANOS_PER_SECOND));
  }
}
