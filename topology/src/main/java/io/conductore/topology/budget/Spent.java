package io.conductore.topology.budget;

import io.conductore.schemas.Usd;

/** What was spent in one window. */
public record Spent(long tokens, Usd usd) {
  public static final Spent NOTHING = new Spent(0, Usd.ZERO);

  public Spent plus(Spent other) {
    return new Spent(Math.addExact(tokens, other.tokens), usd.plus(other.usd));
  }
}
