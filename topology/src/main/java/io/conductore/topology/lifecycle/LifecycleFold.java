package io.conductore.topology.lifecycle;

import io.conductore.schemas.lifecycle.AssignmentRefused;
import io.conductore.schemas.lifecycle.BranchCreated;
import io.conductore.schemas.lifecycle.CiFailed;
import io.conductore.schemas.lifecycle.CiPassed;
import io.conductore.schemas.lifecycle.DeployedProduction;
import io.conductore.schemas.lifecycle.DeployedStaging;
import io.conductore.schemas.lifecycle.Escalated;
import io.conductore.schemas.lifecycle.EscalationAcknowledged;
import io.conductore.schemas.lifecycle.HumanGateReminder;
import io.conductore.schemas.lifecycle.HumanGateTriggered;
import io.conductore.schemas.lifecycle.IssueApproved;
import io.conductore.schemas.lifecycle.IssueAssigned;
import io.conductore.schemas.lifecycle.IssueDone;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.lifecycle.IssueUnassigned;
import io.conductore.schemas.lifecycle.IssueWithdrawn;
import io.conductore.schemas.lifecycle.LeaseExpired;
import io.conductore.schemas.lifecycle.Merged;
import io.conductore.schemas.lifecycle.MilestoneComplete;
import io.conductore.schemas.lifecycle.PrCreated;
import io.conductore.schemas.lifecycle.ReviewAssigned;
import io.conductore.schemas.lifecycle.ReviewDisputed;
import io.conductore.schemas.lifecycle.ReviewLoopExceeded;
import io.conductore.schemas.lifecycle.ReviewPassed;
import io.conductore.schemas.lifecycle.SmokeFailed;
import io.conductore.schemas.lifecycle.SmokePassed;
import io.conductore.schemas.lifecycle.Verified;
import io.conductore.schemas.lifecycle.WorkStarted;
import io.conductore.topology.head.Mark;
import java.util.Optional;

/** The state machine of an issue: which event moves it where. Pure. */
public final class LifecycleFold {
  private final ReviewMoves reviews;
  private final DeployMoves deploys;

  /**
   * The next state, and what the stream says about the event.
   *
   * @param mark NONE when it fitted
   */
  public record After(IssueState issue, Mark mark) {}

  public LifecycleFold(LifecycleLimits limits) {
    this.reviews = new ReviewMoves(limits);
    this.deploys = new DeployMoves(limits);
  }

  public After apply(IssueState before, IssueLifecycle event) {
    if (Fencing.isStale(before, event)) {
      return after(before, before, event, Mark.STALE_LEASE);
    }
    return moved(before, event)
        .map(next -> after(before, next, event, Mark.NONE))
        .orElseGet(() -> after(before, before, event, Mark.OUT_OF_ORDER));
  }

  private static After after(IssueState before, IssueState next, IssueLifecycle event, Mark mark) {
    return new After(next.after(before, event.getOccurredAtMs(), mark), mark);
  }

  /** The table: empty where the event does not fit the phase. */
  private Optional<IssueState> moved(IssueState issue, IssueLifecycle event) {
    return switch (event.getPayload()) {
      case IssueApproved said -> WorkMoves.approved(issue, said, event);
      case IssueAssigned said -> WorkMoves.assigned(issue, said, event);
      case IssueUnassigned said -> WorkMoves.released(issue, event);
      case LeaseExpired said -> WorkMoves.released(issue, event);
      case WorkStarted said -> WorkMoves.begun(issue);
      case BranchCreated said -> WorkMoves.begun(issue);
      case IssueWithdrawn said -> WorkMoves.withdrawn(issue, said);
      case Escalated said -> WorkMoves.escalated(issue, said, event);

      case PrCreated said -> reviews.opened(issue, said, event);
      case CiPassed said -> reviews.ciPassed(issue, said, event);
      case CiFailed said -> reviews.ciFailed(issue, said, event);
      case ReviewAssigned said -> reviews.assigned(issue, said, event);
      case ReviewPassed said -> reviews.passed(issue, said, event);
      case ReviewDisputed said -> reviews.disputed(issue, said);
      case HumanGateTriggered said -> reviews.gated(issue, said);

      case Merged said -> deploys.merged(issue, said);
      case DeployedStaging said -> deploys.step(issue);
      case SmokePassed said -> deploys.step(issue);
      case SmokeFailed said -> deploys.smokeFailed(issue, said);
      case DeployedProduction said -> deploys.step(issue);
      case Verified said -> deploys.step(issue);
      case IssueDone said -> deploys.done(issue);

      case HumanGateReminder said -> Optional.of(issue);
      case MilestoneComplete said -> Optional.of(issue);
      case EscalationAcknowledged said -> Optional.of(issue);
      case AssignmentRefused said -> Optional.of(issue);
      case ReviewLoopExceeded said -> Optional.of(issue);
      default -> throw new IllegalArgumentException("not an event of an issue");
    };
  }
}
