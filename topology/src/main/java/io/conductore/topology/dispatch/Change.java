package io.conductore.topology.dispatch;

import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.handoff.CauseRecord;

/** One effect of a record of the pool's log. */
sealed interface Change {

  /** Of a stored row of the pool. */
  sealed interface Row extends Change {}

  record PutIssue(DispatchIssue issue) implements Row {}

  record PutDesk(AgentDesk desk) implements Row {}

  record Enqueue(QueueEntry entry) implements Row {}

  record Dequeue(QueueEntry entry) implements Row {}

  record PutReview(ReviewEntry review) implements Row {}

  record DropReview(ReviewEntry review) implements Row {}

  record PutLease(Lease lease) implements Row {}

  record DropLease(Lease lease) implements Row {}

  record PutClaim(String claimId, ClaimOutcome outcome) implements Row {}

  record DropClaim(String claimId) implements Row {}

  /** An event for the log of issues. */
  record Emit(IssueLifecycle event) implements Change {}

  /** Something that a human should look at. */
  record Raise(CauseRecord cause) implements Change {}
}
