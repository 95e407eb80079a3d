package io.conductore.topology.dispatch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a claim got nothing. */
public enum Reason {
  /** Nothing waits in this pool, or nobody has ever heard of it. */
  QUEUE_EMPTY,
  /** What waits needs capabilities that the agent has not. */
  NO_MATCH,
  AT_CAPACITY,
  BUDGET_SPENT,
  STUCK,
  MISSING,
  /** All that waits depends on issues that are not merged. */
  BLOCKED,
  /** All reviews that wait are of the agent's own issues. */
  OWN_WORK;

  /** As the header Reason spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Reason> of(String word) {
    return Arrays.stream(values()).filter(reason -> reason.word().equals(word)).findFirst();
  }
}
