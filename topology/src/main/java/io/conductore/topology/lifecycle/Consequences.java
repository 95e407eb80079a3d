package io.conductore.topology.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.flat.FlatWriter;
import io.conductore.schemas.lifecycle.EscalationAcknowledged;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.lifecycle.ReviewLoopExceeded;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.Causes;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.handoff.Sources;
import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.head.Mark;
import io.conductore.topology.head.Outlets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an event of an issue, for dispatch, inboxes, escalation and the log itself.
 * Each is a comparison of the states before and after, so a repeated fact is not said twice. Pure.
 *
 * @param derived events of ours that this one leads to
 */
record Consequences(
    List<DispatchRecord> dispatch,
    List<CauseRecord> causes,
    List<IssueLifecycle> derived,
    InboxRecord.Event told) {

  static Consequences of(IssueState before, LifecycleFold.After after, IssueLifecycle event) {
    boolean fitted = after.mark() == Mark.NONE;
    return new Consequences(
        fitted ? DispatchFacts.of(before, after.issue(), event) : List.of(),
        fitted ? causes(before, after.issue(), event) : List.of(),
        fitted ? derived(before, after.issue(), event) : List.of(),
        told(before, after, event));
  }

  void sendTo(Outlets outlets, String pool) {
    derived.forEach(outlets::event);
    dispatch.forEach(record -> outlets.dispatch(pool, record));
    causes.forEach(outlets::cause);
    outlets.inbox(Handoff.EVERYONE, told);
  }

  private static List<CauseRecord> causes(
      IssueState before, IssueState after, IssueLifecycle event) {
    CauseRecord.Subject subject = CauseRecord.Subject.issue(after.streamId());
    long atMs = event.getOccurredAtMs();
    List<String> old = before.history().causes();
    List<String> now = after.history().causes();
    // Dispatch has raised its own.
    Stream<CauseRecord> raised = now.stream()
        .filter(cause -> !old.contains(cause) && !cause.equals(Causes.TWO_STRIKES))
        .map(cause -> raised(subject, cause, after, event));
    Stream<CauseRecord> cleared = old.stream()
        .filter(cause -> !now.contains(cause))
        .map(cause -> new CauseRecord.Cleared(subject, cause, atMs));
    Stream<CauseRecord> seen =
        event.getPayload() instanceof EscalationAcknowledged said && said.getEscalationId() != null
            ? Stream.of(
                new CauseRecord.Acknowledged(subject, said.getEscalationId(), said.getBy(), atMs))
            : Stream.of();
    return Stream.of(raised, cleared, seen).flatMap(each -> each).toList();
  }

  private static CauseRecord raised(
      CauseRecord.Subject subject, String cause, IssueState after, IssueLifecycle event) {
    return new CauseRecord.Raised(
        subject,
        cause,
        CauseText.of(cause, after),
        List.of(event.getEventId()),
        event.getEventId(),
        event.getOccurredAtMs(),
        event.getDepth());
  }

  private static List<IssueLifecycle> derived(
      IssueState before, IssueState after, IssueLifecycle event) {
    boolean exceeded = after.history().causes().contains(Causes.REVIEW_LOOP)
        && !before.history().causes().contains(Causes.REVIEW_LOOP);
    return exceeded ? List.of(loopExceeded(after, event)) : List.of();
  }

  private static IssueLifecycle loopExceeded(IssueState after, IssueLifecycle cause) {
    ReviewLoopExceeded payload = new ReviewLoopExceeded(after.rounds().disputes());
    IssueLifecycle event = new IssueLifecycle();
    event.setEventId(EventIdKey.derived("review-loop|" + cause.getEventId()));
    event.setType(EventCatalog.ofPayload(payload.getSchema()).wireName());
    event.setStreamId(cause.getStreamId());
    event.setOccurredAtMs(cause.getOccurredAtMs());
    event.setRecordedAtMs(cause.getRecordedAtMs());
    event.setSource(Sources.LIFECYCLE);
    event.setCausationId(cause.getEventId());
    event.setDepth(cause.getDepth() + 1);
    event.setTenant(cause.getTenant());
    event.setPool(cause.getPool());
    event.setRepo(cause.getRepo());
    event.setIssueNumber(cause.getIssueNumber());
    event.setPayload(payload);
    return event;
  }

  /** Whoever held the issue or its review before or holds it now. */
  private static InboxRecord.Event told(
      IssueState before, LifecycleFold.After after, IssueLifecycle event) {
    ObjectNode data = FlatWriter.data(event);
    if (after.mark().wireName() != null) {
      data.put("mark", after.mark().wireName());
    }
    List<String> holders = Stream.of(before.phase(), after.issue().phase())
        .flatMap(Consequences::holders)
        .distinct()
        .toList();
    return new InboxRecord.Event(
        event.getEventId(),
        event.getType(),
        event.getStreamId(),
        event.getOccurredAtMs(),
        data,
        holders);
  }

  private static Stream<String> holders(Phase phase) {
    Assignment held = phase.held();
    Pull pull = phase.pull();
    return Stream.of(held == null ? "" : held.agentId(), reviewer(pull))
        .filter(agent -> !agent.isEmpty());
  }

  private static String reviewer(@Nullable Pull pull) {
    return pull == null ? "" : Objects.requireNonNullElse(pull.reviewer(), "");
  }
}
