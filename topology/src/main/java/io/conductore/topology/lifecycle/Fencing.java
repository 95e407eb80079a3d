package io.conductore.topology.lifecycle;

import io.conductore.schemas.lifecycle.AssignmentRefused;
import io.conductore.schemas.lifecycle.BranchCreated;
import io.conductore.schemas.lifecycle.Escalated;
import io.conductore.schemas.lifecycle.EscalationAcknowledged;
import io.conductore.schemas.lifecycle.HumanGateReminder;
import io.conductore.schemas.lifecycle.IssueApproved;
import io.conductore.schemas.lifecycle.IssueAssigned;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.lifecycle.MilestoneComplete;
import io.conductore.schemas.lifecycle.PrCreated;
import io.conductore.schemas.lifecycle.ReviewAssigned;
import io.conductore.schemas.lifecycle.ReviewLoopExceeded;
import io.conductore.schemas.lifecycle.WorkStarted;
import io.conductore.topology.handoff.Sources;
import org.jspecify.annotations.Nullable;

/**
 * Whose events still count. One that carries a token needs the one of the assignment that runs (or
 * of its review); an author's event without a token needs the agent that holds the issue.
 */
final class Fencing {
  private Fencing() {}

  static boolean isStale(IssueState issue, IssueLifecycle event) {
    if (issue.phase() instanceof Phase.Unknown || isFree(event)) {
      return false;
    }
    Assignment held = issue.phase().held();
    Long token = event.getLeaseToken();
    if (token != null) {
      boolean holds = held != null && token.equals(held.leaseToken());
      return !holds && (isAuthors(event) || !isReviews(issue.phase().pull(), token));
    }
    String agentId = event.getAgentId();
    return isAuthors(event) && agentId != null && (held == null || !agentId.equals(held.agentId()));
  }

  private static boolean isReviews(@Nullable Pull pull, Long token) {
    return pull != null && token.equals(pull.reviewToken());
  }

  private static boolean isAuthors(IssueLifecycle event) {
    return event.getPayload() instanceof WorkStarted
        || event.getPayload() instanceof BranchCreated
        || event.getPayload() instanceof PrCreated;
  }

  /** What brings its own token, comes from a human or from dispatch, or moves nothing. */
  private static boolean isFree(IssueLifecycle event) {
    return switch (event.getPayload()) {
      case IssueApproved approved -> true;
      case IssueAssigned assigned -> true;
      case ReviewAssigned assigned -> true;
      case Escalated escalated -> isDerived(event);
      case HumanGateReminder reminder -> true;
      case MilestoneComplete complete -> true;
      case EscalationAcknowledged acknowledged -> true;
      case AssignmentRefused refused -> true;
      case ReviewLoopExceeded exceeded -> true;
      default -> false;
    };
  }

  private static boolean isDerived(IssueLifecycle event) {
    return Sources.DISPATCH.equals(event.getSource())
        || Sources.ESCALATION.equals(event.getSource());
  }
}
