package io.conductore.topology.dispatch;

import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.lifecycle.Escalated;
import io.conductore.schemas.lifecycle.IssueAssigned;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.lifecycle.LeaseExpired;
import io.conductore.schemas.lifecycle.ReviewAssigned;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.conductore.topology.handoff.Sources;
import io.conductore.topology.head.EventIdKey;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What dispatch says to the log of issues. Ids are names of what happened (this assignment, its
 * end), so a replay says the same again and the head of the log drops it.
 */
final class DispatchEvents {
  static final String TWO_STRIKES = "two-strikes";
  private static final int EXPIRED_DEPTH = 1;
  private static final int ESCALATED_DEPTH = 2;

  private DispatchEvents() {}

  /** ISSUE_ASSIGNED or REVIEW_ASSIGNED. */
  static IssueLifecycle assigned(String pool, Lease lease, String claimId) {
    SpecificRecord payload = lease.kind() == Kind.WORK
        ? new IssueAssigned(lease.round())
        : new ReviewAssigned(lease.prNumber());
    IssueLifecycle event = about(pool, lease, "assigned", lease.assignedAtMs(), payload);
    event.setCausationId(claimId);
    return event;
  }

  static IssueLifecycle expired(String pool, Lease lease, String reason, long atMs) {
    IssueLifecycle event = about(pool, lease, "expired", atMs, new LeaseExpired(reason));
    event.setCausationId(lease.posted() ? null : id(pool, lease, "assigned"));
    event.setDepth(EXPIRED_DEPTH);
    return event;
  }

  static IssueLifecycle escalated(String pool, Lease last, int attempts, long atMs) {
    String reason = "failed " + attempts + " times, the last time by " + last.agentId();
    Escalated payload = new Escalated(reason, attempts, null, TWO_STRIKES, null);
    IssueLifecycle event = about(pool, last, TWO_STRIKES, atMs, payload);
    event.setCausationId(id(pool, last, "expired"));
    event.setDepth(ESCALATED_DEPTH);
    return event;
  }

  private static IssueLifecycle about(
      String pool, Lease lease, String what, long atMs, SpecificRecord payload) {
    int hash = lease.issue().lastIndexOf('#');
    IssueLifecycle event = new IssueLifecycle();
    event.setEventId(id(pool, lease, what));
    event.setType(EventCatalog.ofPayload(payload.getSchema()).wireName());
    event.setStreamId(lease.issue());
    event.setAgentId(lease.agentId());
    event.setOccurredAtMs(atMs);
    event.setRecordedAtMs(atMs);
    event.setPool(pool);
    event.setSource(Sources.DISPATCH);
    event.setRepo(lease.issue().substring(0, hash));
    event.setIssueNumber(Integer.parseInt(lease.issue().substring(hash + 1)));
    event.setLeaseToken(tokenSaid(lease));
    event.setPayload(payload);
    return event;
  }

  /** Of an assignment that somebody posted, the log of issues knows no token. */
  private static @Nullable Long tokenSaid(Lease lease) {
    return lease.posted() ? null : lease.token();
  }

  /** The time tells apart the assignments of two logs that both began at offset 0. */
  private static String id(String pool, Lease lease, String what) {
    return EventIdKey.derived(
        String.join("|", "dispatch", pool, what, "" + lease.token(), "" + lease.assignedAtMs()));
  }
}
