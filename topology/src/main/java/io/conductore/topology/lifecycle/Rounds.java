package io.conductore.topology.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * How the present attempt goes: the newest outcomes, how often they were bad, and the human gate.
 *
 * @param ciFailures failing CI rounds of this attempt
 * @param disputes review rounds of this attempt that were not passed
 * @param gate why a human must look before the merge; null when the gate is open
 */
public record Rounds(
    Outcome ci,
    int ciFailures,
    Outcome review,
    int disputes,
    @Nullable String gate) {
  static final Rounds NONE = new Rounds(Outcome.PENDING, 0, Outcome.PENDING, 0, null);

  /** Of the newest commit. */
  public enum Outcome {
    PENDING,
    PASSED,
    FAILED
  }

  /** The number of the review round that runs or comes next, from 1. */
  public int round() {
    return disputes + 1;
  }

  /** A new commit: what was said about the one before counts no more. */
  Rounds pushed() {
    return new Rounds(Outcome.PENDING, ciFailures, Outcome.PENDING, disputes, gate);
  }

  Rounds ciPassed() {
    return new Rounds(Outcome.PASSED, ciFailures, review, disputes, gate);
  }

  Rounds ciFailed() {
    return new Rounds(Outcome.FAILED, ciFailures + 1, review, disputes, gate);
  }

  Rounds reviewPassed() {
    return new Rounds(ci, ciFailures, Outcome.PASSED, disputes, gate);
  }

  Rounds reviewDisputed() {
    return new Rounds(ci, ciFailures, Outcome.FAILED, disputes + 1, gate);
  }

  Rounds reviewPending() {
    return new Rounds(ci, ciFailures, Outcome.PENDING, disputes, gate);
  }

  Rounds gated(@Nullable String reason) {
    return new Rounds(ci, ciFailures, review, disputes, reason);
  }
}
