package io.conductore.topology.lifecycle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the present attempt goes: the newest outcomes, how often they were bad, and the human gate.
 *
 * @param ciFailures failing CI rounds of this attempt
 * @param disputes review rounds of this attempt that were not passed
 * @param gate why a human must look before the merge; null when the gate is open
 * @param head the newest commit of the pull request, if whoever tells of it says so
 * @param red check suites that failed on it
 */
public record Rounds(
    Outcome ci,
    int ciFailures,
    Outcome review,
    int disputes,
    @Nullable String gate,
    @Nullable String head,
    List<String> red) {
  static final int SUITES_MAX = 32;
  static final Rounds NONE =
      new Rounds(Outcome.PENDING, 0, Outcome.PENDING, 0, null, null, List.of());

  public Rounds {
    red = List.copyOf(red);
  }

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
  Rounds pushed(@Nullable String commit) {
    return new Rounds(
        Outcome.PENDING, ciFailures, Outcome.PENDING, disputes, gate, commit, List.of());
  }

  /** CI of a commit that is no longer the newest says nothing. */
  boolean isOutdated(Check check) {
    return check.commit() != null && head != null && !check.commit().equals(head);
  }

  /** True if the check names the newest commit. */
  boolean isOfHead(Check check) {
    return head != null && head.equals(check.commit());
  }

  /** Green, unless another check suite of the same commit is red. */
  Rounds ciPassed(Check check) {
    List<String> still = isOfHead(check) && check.suite() != null
        ? red.stream().filter(suite -> !suite.equals(check.suite())).toList()
        : List.of();
    Outcome outcome = still.isEmpty() ? Outcome.PASSED : Outcome.FAILED;
    return new Rounds(outcome, ciFailures, review, disputes, gate, head, still);
  }

  /** Several red suites of one commit are one failing round. */
  Rounds ciFailed(Check check) {
    boolean same = isOfHead(check) && ci == Outcome.FAILED;
    List<String> suites = new ArrayList<>(red);
    if (isOfHead(check)
        && check.suite() != null
        && suites.size() < SUITES_MAX
        && !suites.contains(check.suite())) {
      suites.add(check.suite());
    }
    int failures = ciFailures + (same ? 0 : 1);
    return new Rounds(Outcome.FAILED, failures, review, disputes, gate, head, suites);
  }

  Rounds reviewPassed() {
    return new Rounds(ci, ciFailures, Outcome.PASSED, disputes, gate, head, red);
  }

  Rounds reviewDisputed() {
    return new Rounds(ci, ciFailures, Outcome.FAILED, disputes + 1, gate, head, red);
  }

  Rounds reviewPending() {
    return new Rounds(ci, ciFailures, Outcome.PENDING, disputes, gate, head, red);
  }

  Rounds gated(@Nullable String reason) {
    return new Rounds(ci, ciFailures, review, disputes, reason, head, red);
  }
}
