package io.conductore.topology.lifecycle;

import io.conductore.schemas.lifecycle.Escalated;
import io.conductore.schemas.lifecycle.IssueApproved;
import io.conductore.schemas.lifecycle.IssueAssigned;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.lifecycle.IssueWithdrawn;
import io.conductore.topology.handoff.Causes;
import io.conductore.topology.handoff.Sources;
import io.conductore.topology.state.Clip;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Into the queue, into somebody's hands, and out of them. */
final class WorkMoves {
  private WorkMoves() {}

  static Optional<IssueState> approved(IssueState issue, IssueApproved said, IssueLifecycle event) {
    return switch (issue.phase()) {
      case Phase.Unknown unknown ->
        Optional.of(issue.to(unknown.approved()).with(issue.brief().queued(said, event)));
      case Phase.Queued queued -> Optional.of(issue.with(issue.brief().updated(said)));
      case Phase.Failed failed ->
        Optional.of(issue
            .to(failed.approvedAgain())
            .with(issue.brief().queued(said, event))
            .with(Rounds.NONE)
            .with(issue.history().settled()));
      default -> Optional.empty();
    };
  }

  static Optional<IssueState> assigned(IssueState issue, IssueAssigned said, IssueLifecycle event) {
    String agentId = event.getAgentId();
    if (!(issue.phase() instanceof Phase.Queued queued) || agentId == null) {
      return Optional.empty();
    }
    Integer given = said.getAttempt();
    int attempt = given != null && given > 0 ? given : issue.history().attempt() + 1;
    return Optional.of(issue
        .to(queued.assigned(new Assignment(agentId, event.getLeaseToken(), attempt)))
        .with(Rounds.NONE)
        .with(issue.history().attempt(attempt)));
  }

  /** The holder loses the issue, or the reviewer the round; nobody else has anything to lose. */
  static Optional<IssueState> released(IssueState issue, IssueLifecycle event) {
    if (!(issue.phase() instanceof Phase.Worked worked)) {
      return Optional.empty();
    }
    if (isOfReviewer(worked, event)) {
      return Optional.of(issue.to(worked.reviewedBy(null, null)));
    }
    String agentId = event.getAgentId();
    return agentId == null || agentId.equals(worked.held().agentId())
        ? Optional.of(issue
            .to(worked.released())
            .with(Rounds.NONE)
            .with(issue.history().cleared(Causes.HUMAN_GATE)))
        : Optional.empty();
  }

  static Optional<IssueState> begun(IssueState issue) {
    return switch (issue.phase()) {
      case Phase.Assigned assigned -> Optional.of(issue.to(assigned.begun()));
      case Phase.InProgress already -> Optional.of(issue);
      default -> Optional.empty();
    };
  }

  static Optional<IssueState> withdrawn(IssueState issue, IssueWithdrawn said) {
    return issue.phase() instanceof Phase.Unfinished open
        ? Optional.of(issue
            .to(open.failed(Phase.Failed.WITHDRAWN, Clip.orNull(said.getReason())))
            .with(issue.rounds().gated(null))
            .with(issue.history().settled()))
        : Optional.empty();
  }

  /**
   * What the escalation stage says follows from a cause and moves nothing; an agent or a human that
   * escalates ends the attempt, as in the original.
   */
  static Optional<IssueState> escalated(IssueState issue, Escalated said, IssueLifecycle event) {
    if (Sources.ESCALATION.equals(event.getSource())) {
      return Optional.of(issue);
    }
    if (!(issue.phase() instanceof Phase.Unfinished open) || open instanceof Phase.Failed) {
      return Optional.empty();
    }
    String cause =
        Sources.DISPATCH.equals(event.getSource()) ? Causes.TWO_STRIKES : Causes.REPORTED;
    return Optional.of(failed(issue, open, cause, said.getReason()));
  }

  /** Failed for a reason that a human must look at. */
  static IssueState failed(
      IssueState issue, Phase.Unfinished open, String cause, @Nullable String detail) {
    return issue
        .to(open.failed(cause, Clip.orNull(detail)))
        .with(issue.history().raised(cause));
  }

  private static boolean isOfReviewer(Phase.Worked worked, IssueLifecycle event) {
    Pull pull = worked.pull();
    if (pull == null) {
      return false;
    }
    Long token = event.getLeaseToken();
    if (token != null) {
      return token.equals(pull.reviewToken()) && !token.equals(worked.held().leaseToken());
    }
    return pull.isReviewedBy(event.getAgentId())
        && !worked.held().agentId().equals(event.getAgentId());
  }
}
