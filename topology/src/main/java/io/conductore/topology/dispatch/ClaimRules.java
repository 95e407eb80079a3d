package io.conductore.topology.dispatch;

import io.conductore.topology.handoff.DispatchRecord.Claim;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a claim comes to. An assignment is five writes: the queue or the review, the lease, the desk
 * and the claim, and the event. A claim of work looks at one row for each set of capabilities that
 * waiting issues need; a claim of a review at {@link #REVIEWS_LOOK_MAX} rows at most.
 */
final class ClaimRules {
  /** An agent that wrote all of the first so many gets no review, though others may wait behind. */
  static final int REVIEWS_LOOK_MAX = 300;

  private final Draft draft;

  ClaimRules(Draft draft) {
    this.draft = draft;
  }

  /**
   * The same id again changes nothing once it was given something. A refusal binds nobody: whoever
   * comes again with his id when there is work gets it.
   */
  void claim(Claim claim) {
    ClaimOutcome before = draft.view().claim(claim.claimId());
    if (before != null && !(before instanceof ClaimOutcome.Refused)) {
      return;
    }
    if (before != null) {
      draft.add(new Change.DropClaim(claim.claimId()));
    }
    AgentDesk desk = draft.desk(claim.agentId());
    Reason refusal = desk.refuses(claim.kind(), draft.atMs());
    if (refusal != null) {
      refuse(claim, refusal);
    } else if (claim.kind() == Kind.WORK) {
      work(claim, desk);
    } else {
      review(claim);
    }
  }

  private void work(Claim claim, AgentDesk desk) {
    QueueEntry entry = draft.view().next(desk);
    if (entry == null) {
      refuse(claim, whyNoWork());
      return;
    }
    Lease lease = Lease.work(entry, claim.agentId(), draft.token(), draft.atMs());
    draft.add(new Change.Dequeue(entry));
    assign(
        claim,
        lease,
        new ClaimOutcome.Assigned(
            claim.agentId(),
            draft.atMs(),
            lease.token(),
            entry.issue(),
            entry.title(),
            entry.milestone(),
            entry.priority(),
            lease.round(),
            lease.startByMs(),
            lease.untilMs()));
  }

  private Reason whyNoWork() {
    if (draft.view().anyReady()) {
      return Reason.NO_MATCH;
    }
    return draft.view().anyHeld() ? Reason.BLOCKED : Reason.QUEUE_EMPTY;
  }

  private void review(Claim claim) {
    boolean any = false;
    for (ReviewEntry review : draft.view().waitingReviews(REVIEWS_LOOK_MAX)) {
      any = true;
      if (!isAuthor(claim.agentId(), review)) {
        assign(claim, review);
        return;
      }
    }
    refuse(claim, any ? Reason.OWN_WORK : Reason.QUEUE_EMPTY);
  }

  private void assign(Claim claim, ReviewEntry review) {
    Lease lease = Lease.review(review, claim.agentId(), draft.token(), draft.atMs());
    draft.add(new Change.PutReview(review.token(lease.token())));
    assign(
        claim,
        lease,
        new ClaimOutcome.ReviewAssigned(
            claim.agentId(),
            draft.atMs(),
            lease.token(),
            review.issue(),
            review.prNumber(),
            review.round(),
            review.title(),
            review.priority(),
            lease.untilMs()));
  }

  private void assign(Claim claim, Lease lease, ClaimOutcome outcome) {
    draft.lease(lease);
    draft.add(new Change.PutClaim(claim.claimId(), outcome));
    draft.add(new Change.Emit(DispatchEvents.assigned(draft.pool(), lease, claim.claimId())));
  }

  /** Whoever held the issue, also after the review was asked for. */
  private boolean isAuthor(String agentId, ReviewEntry review) {
    @Nullable Lease work = draft.workLease(review.issue());
    return review.authors().contains(agentId)
        || draft.issue(review.issue()).authors().contains(agentId)
        || (work != null && work.agentId().equals(agentId));
  }

  private void refuse(Claim claim, Reason reason) {
    draft.add(new Change.PutClaim(
        claim.claimId(),
        new ClaimOutcome.Refused(claim.agentId(), draft.atMs(), draft.token(), reason)));
  }
}
