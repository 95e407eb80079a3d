package io.conductore.topology.lifecycle;

import io.conductore.topology.head.Mark;

/**
 * The end of an issue's stream.
 *
 * @param ordinal the place of its newest event, dense from 1
 * @param outOfOrder events that did not fit
 * @param stale events of assignments that were over
 */
public record Tail(long ordinal, long firstMs, long lastMs, long outOfOrder, long stale) {
  static final Tail NONE = new Tail(0, Long.MAX_VALUE, Long.MIN_VALUE, 0, 0);

  Tail with(long occurredAtMs, Mark mark) {
    return new Tail(
        ordinal + 1,
        Math.min(firstMs, occurredAtMs),
        Math.max(lastMs, occurredAtMs),
        outOfOrder + (mark == Mark.OUT_OF_ORDER ? 1 : 0),
        stale + (mark == Mark.STALE_LEASE ? 1 : 0));
  }
}
