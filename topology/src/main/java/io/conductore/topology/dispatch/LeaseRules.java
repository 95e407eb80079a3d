package io.conductore.topology.dispatch;

import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.DispatchRecord.AgentGaveUp;
import io.conductore.topology.handoff.DispatchRecord.AgentProgressed;
import io.conductore.topology.handoff.DispatchRecord.AgentStanding;
import io.conductore.topology.handoff.DispatchRecord.BudgetStanding;
import io.conductore.topology.handoff.DispatchRecord.IssueProgressed;
import io.conductore.topology.handoff.DispatchRecord.IssueReleased;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How leases are renewed and how they end without a result. */
final class LeaseRules {
  static final String NOT_STARTED = "work did not begin in time";
  static final String NO_PROGRESS = "no progress for too long";
  static final String MISSING = "the agent is missing";
  static final String PARKED = "in the hands of reviewers and gates for too long";

  private final Draft draft;
  private final DispatchRules rules;

  LeaseRules(Draft draft, DispatchRules rules) {
    this.draft = draft;
    this.rules = rules;
  }

  void progressed(IssueProgressed progress) {
    for (Lease lease : leasesOf(progress.issue())) {
      if (lease.agentId().equals(progress.agentId())) {
        renew(lease, progress.started());
      }
    }
  }

  void progressed(AgentProgressed progress) {
    @Nullable String issue = progress.issue();
    for (Lease lease : issue == null ? leasesAt(progress.agentId()) : leasesOf(issue)) {
      if (lease.agentId().equals(progress.agentId()) && isOf(lease, progress.leaseToken())) {
        renew(lease, false);
      }
    }
  }

  void released(IssueReleased release) {
    Lease lease = draft.workLease(release.issue());
    @Nullable String agentId = release.agentId();
    if (lease != null
        && (agentId == null || agentId.equals(lease.agentId()))
        && isOf(lease, release.leaseToken())) {
      back(lease, release.strike());
    }
  }

  void gaveUp(AgentGaveUp gaveUp) {
    Lease lease = draft.workLease(gaveUp.issue());
    if (lease != null
        && lease.agentId().equals(gaveUp.agentId())
        && isOf(lease, gaveUp.leaseToken())) {
      say(lease, gaveUp.reason());
      back(lease, true);
    }
  }

  /** An agent that falls silent keeps what it has for a while; what is in review stays its own. */
  void standing(AgentStanding said) {
    draft.desk(said.agentId(), desk -> desk.apply(said));
    boolean missing = draft.desk(said.agentId()).refusal() == Reason.MISSING;
    long untilMs = missing ? draft.atMs() + Lease.MISSING_MAX.toMillis() : 0;
    for (Lease lease : leasesAt(said.agentId())) {
      if (missing != (lease.missingUntilMs() != 0) && !lease.parked()) {
        draft.add(new Change.PutLease(lease.missing(untilMs)));
      }
    }
  }

  /** Spending too much stops new work; what the agent holds it keeps. */
  void budget(BudgetStanding said) {
    draft.desk(said.agentId(), desk -> desk.apply(said));
  }

  /** The lease is due by the record's time. */
  void expire(Lease lease) {
    say(lease, reason(lease));
    if (lease.kind() == Kind.WORK) {
      back(lease, lease.started() && !lease.parked());
    } else {
      draft.giveBack(lease);
      ReviewEntry review =
          draft.view().review(new ReviewKey(draft.pool(), lease.issue(), lease.prNumber()));
      if (review != null) {
        draft.add(new Change.PutReview(review.token(0)));
      }
    }
  }

  private static boolean isOf(Lease lease, @Nullable Long token) {
    return token == null || token == lease.token();
  }

  private String reason(Lease lease) {
    if (lease.parked()) {
      return PARKED;
    }
    if (lease.missingUntilMs() != 0 && lease.missingUntilMs() == lease.dueMs()) {
      return MISSING;
    }
    return lease.startByMs() != 0 && lease.startByMs() == lease.dueMs() ? NOT_STARTED : NO_PROGRESS;
  }

  private void renew(Lease lease, boolean begins) {
    Lease renewed = lease.renewed(draft.atMs(), begins);
    if (!renewed.equals(lease)) {
      draft.add(new Change.PutLease(renewed));
    }
  }

  /** Work goes back to the queue at its old age, or to a human. */
  private void back(Lease lease, boolean strike) {
    draft.giveBack(lease);
    DispatchIssue issue = draft.issue(lease.issue()).ended(lease, strike);
    if (issue.standing() == DispatchIssue.Standing.OPEN && issue.strikes() >= rules.strikesMax()) {
      issue = issue.standing(DispatchIssue.Standing.ESCALATED);
      escalate(lease, issue);
    }
    draft.add(new Change.PutIssue(issue));
    new IssueRules(draft, rules).enqueue(issue);
  }

  private void escalate(Lease lease, DispatchIssue issue) {
    var event = DispatchEvents.escalated(draft.pool(), lease, issue.strikes(), draft.atMs());
    draft.add(new Change.Emit(event));
    draft.add(new Change.Raise(new CauseRecord.Raised(
        CauseRecord.Subject.issue(issue.issue()),
        DispatchEvents.TWO_STRIKES,
        issue.issue() + " "
            + ((io.conductore.schemas.lifecycle.Escalated) event.getPayload()).getReason(),
        List.of(event.getEventId()),
        event.getEventId(),
        draft.atMs(),
        event.getDepth())));
  }

  private void say(Lease lease, String reason) {
    draft.add(new Change.Emit(DispatchEvents.expired(draft.pool(), lease, reason, draft.atMs())));
  }

  /** The leases on an issue and its reviews. */
  private List<Lease> leasesOf(String issue) {
    List<Lease> leases = new ArrayList<>();
    add(draft.workLease(issue), leases);
    draft.view().reviewsOf(issue).forEach(pr -> add(draft.reviewLease(issue, pr), leases));
    return leases;
  }

  /** What lies on an agent's desk. */
  private List<Lease> leasesAt(String agentId) {
    List<Lease> leases = new ArrayList<>();
    AgentDesk desk = draft.desk(agentId);
    desk.issues().forEach(issue -> add(draft.workLease(issue), leases));
    for (String review : desk.reviews()) {
      int mark = review.lastIndexOf('!');
      int prNumber = Integer.parseInt(review.substring(mark + 1));
      add(draft.reviewLease(review.substring(0, mark), prNumber), leases);
    }
    return leases;
  }

  private static void add(@Nullable Lease lease, List<Lease> to) {
    if (lease != null) {
      to.add(lease);
    }
  }
}
