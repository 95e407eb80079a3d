package io.conductore.topology.lifecycle;

/**
 * When a human must look; the seed's numbers by default.
 *
 * @param ciRoundsMax this many failing CI rounds of one attempt
 * @param reviewRoundsMax this many disputed reviews of one attempt
 * @param smokeRetriesMax for a SMOKE_FAILED that names no maxRetries
 */
public record LifecycleLimits(int ciRoundsMax, int reviewRoundsMax, int smokeRetriesMax) {
  public static final LifecycleLimits DEFAULT = new LifecycleLimits(3, 3, 3);
}
