package io.conductore.topology.stuck;

import org.jspecify.annotations.Nullable;

/**
 * How often a pattern must show before the agent is told, and before a person is.
 *
 * @param nudge 0 for no nudge
 * @param stuck 0 for a pattern that is switched off
 */
public record Bar(int nudge, int stuck) {
  static final Bar OFF = new Bar(0, 0);

  private static final int NEVER = 1 << 20;

  /** Null for less than both. */
  @Nullable
  Level reached(int count) {
    if (stuck > 0 && count >= stuck) {
      return Level.STUCK;
    }
    return nudge > 0 && count >= nudge ? Level.NUDGE : null;
  }

  /** The least that makes any verdict; more than can be for a pattern that is off. */
  int least() {
    if (nudge > 0) {
      return stuck > 0 ? Math.min(nudge, stuck) : nudge;
    }
    return stuck > 0 ? stuck : NEVER;
  }
}
