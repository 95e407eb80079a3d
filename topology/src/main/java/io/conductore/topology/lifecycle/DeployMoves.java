package io.conductore.topology.lifecycle;

import io.conductore.schemas.lifecycle.Merged;
import io.conductore.schemas.lifecycle.SmokeFailed;
import io.conductore.topology.handoff.Causes;
import io.conductore.topology.state.Clip;
import java.util.Optional;

/** From the merge to the end. */
final class DeployMoves {
  private final LifecycleLimits limits;

  DeployMoves(LifecycleLimits limits) {
    this.limits = limits;
  }

  Optional<IssueState> merged(IssueState issue, Merged said) {
    return switch (issue.phase()) {
      case Phase.InReview review
      when review.pull().isMeant(said.getPrNumber()) ->
        Optional.of(issue.to(review.merged(Clip.orNull(said.getMergeSha()))));
      case Phase.InProgress working
      when working.pull() != null && working.pull().isMeant(said.getPrNumber()) ->
        Optional.of(issue.to(working.merged(working.pull(), Clip.orNull(said.getMergeSha()))));
      default -> Optional.empty();
    };
  }

  /** A step that is noted and leads nowhere else. */
  Optional<IssueState> step(IssueState issue) {
    return issue.phase() instanceof Phase.Deploying ? Optional.of(issue) : Optional.empty();
  }

  Optional<IssueState> smokeFailed(IssueState issue, SmokeFailed said) {
    if (!(issue.phase() instanceof Phase.Deploying deploying)) {
      return Optional.empty();
    }
    Phase.Deploying next = deploying.smokeFailed();
    int attempt = said.getAttempt() == null ? next.smokeFailures() : said.getAttempt();
    int attemptsMax =
        said.getMaxRetries() == null ? limits.smokeRetriesMax() : said.getMaxRetries();
    return attempt < attemptsMax
        ? Optional.of(issue.to(next))
        : Optional.of(WorkMoves.failed(issue, next, Causes.SMOKE_FAILED, said.getReason()));
  }

  Optional<IssueState> done(IssueState issue) {
    return issue.phase() instanceof Phase.Deploying deploying
        ? Optional.of(issue
            .to(deploying.done())
            .with(issue.rounds().gated(null))
            .with(issue.history().settled()))
        : Optional.empty();
  }
}
