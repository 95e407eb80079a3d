package io.conductore.topology.budget;

import org.jspecify.annotations.Nullable;

/**
 * A limit that somebody set by an event.
 *
 * @param by who, for the record
 * @param untilMs when it ends by itself, epoch milliseconds; null for until the next change
 */
public record LimitChange(
    Limit limit, @Nullable String by, @Nullable Long untilMs) {

  public boolean holdsAt(long timeMs) {
    return untilMs == null || timeMs < untilMs;
  }
}
