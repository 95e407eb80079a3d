package io.conductore.topology.state;

import java.util.Comparator;

/**
 * When an event happened, with a tie-break, so that "the latest event wins" does not depend on the
 * order of arrival.
 *
 * @param tie bytes of the event id
 */
public record Stamp(long occurredAtMs, long tie) implements Comparable<Stamp> {
  /** Before every event. */
  public static final Stamp NEVER = new Stamp(Long.MIN_VALUE, 0);

  private static final Comparator<Stamp> ORDER =
      Comparator.comparingLong(Stamp::occurredAtMs).thenComparingLong(Stamp::tie);

  @Override
  public int compareTo(Stamp other) {
    return ORDER.compare(this, other);
  }

  public boolean isAfter(Stamp other) {
    return compareTo(other) > 0;
  }
}
