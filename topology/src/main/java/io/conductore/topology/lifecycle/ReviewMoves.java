package io.conductore.topology.lifecycle;

import io.conductore.schemas.lifecycle.CiFailed;
import io.conductore.schemas.lifecycle.CiPassed;
import io.conductore.schemas.lifecycle.HumanGateTriggered;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.lifecycle.PrCreated;
import io.conductore.schemas.lifecycle.ReviewAssigned;
import io.conductore.schemas.lifecycle.ReviewDisputed;
import io.conductore.schemas.lifecycle.ReviewPassed;
import io.conductore.topology.handoff.Causes;
import io.conductore.topology.state.Clip;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Around the pull request: rounds of CI and review, and the human gate. */
final class ReviewMoves {
  private static final String GATE_WITHOUT_REASON = "a human must look";

  private final LifecycleLimits limits;

  ReviewMoves(LifecycleLimits limits) {
    this.limits = limits;
  }

  /** A pull request, a new commit of it, or another one in its place. */
  Optional<IssueState> opened(IssueState issue, PrCreated said, IssueLifecycle event) {
    Integer number = said.getPrNumber();
    if (number == null || number <= 0) {
      return Optional.empty();
    }
    Phase next = switch (issue.phase()) {
      case Phase.Assigned assigned -> assigned.opened(number);
      case Phase.InProgress working -> working.opened(number);
      case Phase.InReview same when same.pull().number() == number -> pushed(issue, same);
      case Phase.InReview other -> other.replaced(number);
      default -> null;
    };
    return next == null
        ? Optional.empty()
        : Optional.of(issue
            .to(next)
            .with(issue.rounds().pushed(head(issue, number, event)))
            .with(issue.history().opened(number)));
  }

  /** The newest commit stays known when the same pull request is told of by somebody else. */
  private static @Nullable String head(IssueState issue, int number, IssueLifecycle event) {
    String commit = Check.of(event).commit();
    Pull pull = issue.phase().pull();
    boolean same = pull != null && pull.number() == number;
    return commit == null && same ? issue.rounds().head() : commit;
  }

  /** Who reviews goes on with the new commit; who is done is done. */
  private static Phase pushed(IssueState issue, Phase.InReview review) {
    return issue.rounds().review() == Rounds.Outcome.PENDING
        ? review
        : review.reviewedBy(null, null);
  }

  /**
   * Green after a dispute: the author has mended it, and the next round is wanted; unless it is the
   * commit that was disputed.
   */
  Optional<IssueState> ciPassed(IssueState issue, CiPassed said, IssueLifecycle event) {
    Check check = Check.of(event);
    if (!isInCi(issue.phase(), said.getPrNumber()) || issue.rounds().isOutdated(check)) {
      return Optional.empty();
    }
    Rounds passed = issue.rounds().ciPassed(check);
    return issue.phase() instanceof Phase.InProgress working
            && working.pull() != null
            && !issue.rounds().isOfHead(check)
        ? Optional.of(issue.to(working.again(working.pull())).with(passed.reviewPending()))
        : Optional.of(issue.with(passed));
  }

  Optional<IssueState> ciFailed(IssueState issue, CiFailed said, IssueLifecycle event) {
    Check check = Check.of(event);
    if (!isInCi(issue.phase(), said.getPrNumber())
        || issue.rounds().isOutdated(check)
        || !(issue.phase() instanceof Phase.Unfinished open)) {
      return Optional.empty();
    }
    IssueState red = issue.with(issue.rounds().ciFailed(check));
    return red.rounds().ciFailures() < limits.ciRoundsMax()
        ? Optional.of(red)
        : Optional.of(WorkMoves.failed(
            red, open, Causes.CI_ROUNDS, String.join(", ", said.getFailedChecks())));
  }

  /** Nobody reviews what it wrote. */
  Optional<IssueState> assigned(IssueState issue, ReviewAssigned said, IssueLifecycle event) {
    String reviewer = event.getAgentId();
    return issue.phase() instanceof Phase.Worked worked
            && worked.pull() != null
            && worked.pull().isMeant(said.getPrNumber())
            && reviewer != null
            && !reviewer.equals(worked.held().agentId())
        ? Optional.of(issue.to(worked.reviewedBy(reviewer, event.getLeaseToken())))
        : Optional.empty();
  }

  /** Without an agent it is a human's approval, which also opens the human gate. */
  Optional<IssueState> passed(IssueState issue, ReviewPassed said, IssueLifecycle event) {
    String reviewer = event.getAgentId();
    if (!(issue.phase() instanceof Phase.InReview review)
        || !review.pull().isMeant(said.getPrNumber())
        || review.held().agentId().equals(reviewer)) {
      return Optional.empty();
    }
    Rounds passed = issue.rounds().reviewPassed();
    Long token = review.pull().isReviewedBy(reviewer) ? review.pull().reviewToken() : null;
    return reviewer == null
        ? Optional.of(
            issue.with(passed.gated(null)).with(issue.history().cleared(Causes.HUMAN_GATE)))
        : Optional.of(issue.to(review.reviewedBy(reviewer, token)).with(passed));
  }

  Optional<IssueState> disputed(IssueState issue, ReviewDisputed said) {
    if (!(issue.phase() instanceof Phase.InReview review)
        || !review.pull().isMeant(said.getPrNumber())) {
      return Optional.empty();
    }
    IssueState back = issue.with(issue.rounds().reviewDisputed());
    return back.rounds().disputes() < limits.reviewRoundsMax()
        ? Optional.of(back.to(review.disputed()))
        : Optional.of(WorkMoves.failed(back, review, Causes.REVIEW_LOOP, said.getReason()));
  }

  Optional<IssueState> gated(IssueState issue, HumanGateTriggered said) {
    if (!(issue.phase() instanceof Phase.Worked worked)
        || (worked.pull() != null && !worked.pull().isMeant(said.getPrNumber()))) {
      return Optional.empty();
    }
    String reason = Clip.orNull(said.getReason());
    return Optional.of(issue
        .with(issue.rounds().gated(reason == null ? GATE_WITHOUT_REASON : reason))
        .with(issue.history().raised(Causes.HUMAN_GATE)));
  }

  /** A branch has CI before it has a pull request; after that another one's CI does not count. */
  private static boolean isInCi(Phase phase, @Nullable Integer prNumber) {
    return switch (phase) {
      case Phase.InProgress working -> working.pull() == null || working.pull().isMeant(prNumber);
      case Phase.InReview review -> review.pull().isMeant(prNumber);
      default -> false;
    };
  }
}
