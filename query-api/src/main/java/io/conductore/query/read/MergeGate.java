package io.conductore.query.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conductore.topology.lifecycle.IssueState;
import io.conductore.topology.lifecycle.Phase;
import io.conductore.topology.lifecycle.Pull;
import io.conductore.topology.lifecycle.Rounds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pull request may be merged, or every reason why not.
 *
 * @param issue the first one that it was opened for; null if there is none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record MergeGate(boolean pass, @Nullable String issue, List<Reason> reasons) {

  /** Code is for machines, detail for humans. */
  public record Reason(String code, String detail) {}

  /** Of the issues that the pull request was opened for, those count that it still belongs to. */
  public static MergeGate of(int prNumber, List<IssueState> linked) {
    if (linked.isEmpty()) {
      Reason none = new Reason(
          "no-linked-issue", "Pull request " + prNumber + " was opened for no issue of the rig.");
      return new MergeGate(false, null, List.of(none));
    }
    List<IssueState> own =
        linked.stream().filter(issue -> isOf(issue, prNumber)).toList();
    List<Reason> reasons = new ArrayList<>();
    if (own.isEmpty()) {
      linked.forEach(issue -> reasons.add(new Reason(
          "other-pull-request",
          issue.streamId() + " is " + issue.phase().wireName() + " and not with this one.")));
    }
    own.forEach(issue -> judge(issue, reasons));
    String first = (own.isEmpty() ? linked : own).getFirst().streamId();
    return new MergeGate(reasons.isEmpty(), first, List.copyOf(reasons));
  }

  private static boolean isOf(IssueState issue, int prNumber) {
    Pull pull = issue.phase().pull();
    return pull != null && pull.number() == prNumber;
  }

  private static void judge(IssueState issue, List<Reason> reasons) {
    String name = issue.streamId();
    Rounds rounds = issue.rounds();
    if (!(issue.phase() instanceof Phase.InReview)) {
      String detail = name + " is " + issue.phase().wireName() + ", not in_review.";
      reasons.add(new Reason("not-in-review", detail));
    }
    switch (rounds.review()) {
      case PASSED -> {}
      case PENDING -> reasons.add(new Reason("review-pending", name + " waits for its review."));
      case FAILED ->
        reasons.add(new Reason("review-disputed", "The review of " + name + " was not passed."));
    }
    switch (rounds.ci()) {
      case PASSED -> {}
      case PENDING -> reasons.add(new Reason("ci-pending", "CI of " + name + " is not done."));
      case FAILED -> reasons.add(new Reason("ci-failed", "CI of " + name + " is red."));
    }
    if (rounds.gate() != null) {
      reasons.add(new Reason("human-gate", "A human must look: " + rounds.gate()));
    }
  }
}
