package io.conductore.topology.budget;

import io.conductore.schemas.Usd;
import org.jspecify.annotations.Nullable;

/** What may be spent in a window; null for no limit in that unit. */
public record Limit(@Nullable Long tokens, @Nullable Usd usd) {
  public static final Limit NONE = new Limit(null, null);

  /** This limit where it says something, else the other. */
  public Limit or(Limit other) {
    return new Limit(tokens == null ? other.tokens : tokens, usd == null ? other.usd : usd);
  }
}
