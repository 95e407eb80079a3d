package io.conductore.topology.lifecycle;

import io.conductore.topology.handoff.Causes;

/** What a cause says to a human. */
final class CauseText {
  private CauseText() {}

  /** One sentence for a human. */
  static String of(String cause, IssueState issue) {
    return switch (cause) {
      case Causes.CI_ROUNDS ->
        "CI failed in " + issue.rounds().ciFailures() + " rounds" + detail(issue);
      case Causes.REVIEW_LOOP ->
        "The review was not passed in " + issue.rounds().disputes() + " rounds" + detail(issue);
      case Causes.HUMAN_GATE ->
        "A human must look before the merge: " + issue.rounds().gate();
      case Causes.SMOKE_FAILED -> "The smoke tests on staging fail for good" + detail(issue);
      case Causes.REPORTED -> "An agent or a human escalated" + detail(issue);
      default -> "Failed: " + cause + detail(issue);
    };
  }

  private static String detail(IssueState issue) {
    return issue.phase() instanceof Phase.Failed failed && failed.detail() != null
        ? ": " + failed.detail()
        : "";
  }
}
