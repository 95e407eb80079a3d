package io.conductore.query.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bucket for each caller; the one unused for longest is forgotten first. Thread-safe. */
final class RateLimits {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final float LOAD = 0.75f;

  private final InstantSource clock;
  private final Map<String, Rate.Bucket> buckets;

  /** @param callersMax how many are remembered; a forgotten one begins with a full bucket */
  RateLimits(int callersMax, InstantSource clock) {
    this.clock = clock;
    this.buckets = new LinkedHashMap<>(16, LOAD, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Rate.Bucket> eldest) {
        return size() > callersMax;
      }
    };
  }

  /** Zero when it was taken, else how long until it can be. */
  synchronized Duration take(String caller, Rate rate, int cost) {
    Instant instant = clock.instant();
    long now = instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    Rate.Bucket known = buckets.get(caller);
    Rate.Bucket bucket = known == null ? rate.full(now) : rate.refilled(known, now);
    Duration wait = rate.wait(bucket, cost);
    buckets.put(caller, wait.isZero() ? new Rate.Bucket(bucket.left() - cost, now) : bucket);
    return wait;
  }
}
