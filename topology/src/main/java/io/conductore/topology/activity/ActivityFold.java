package io.conductore.topology.activity;

import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentRecovered;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.schemas.activity.BudgetLimitChanged;
import io.conductore.schemas.activity.HeartbeatMissed;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.state.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one event does to the states it concerns, and the events that follow from it. Pure: the
 * processor reads the states before and writes those after.
 */
public final class ActivityFold {
  private final BudgetLimits limits;

  /** The states an event meets; the session and the cost row where it concerns any. */
  public record Before(
      AgentState agent,
      @Nullable SessionState session,
      @Nullable Usage costs) {}

  /** The states after it, in the same places, and what is derived. */
  public record After(
      AgentState agent,
      @Nullable SessionState session,
      @Nullable Usage costs,
      List<AgentActivity> derived) {}

  public ActivityFold(BudgetLimits limits) {
    this.limits = limits;
  }

  /** @throws ArithmeticException when a sum leaves its range; the event is then a dead letter */
  public After apply(Before before, AgentActivity event, Stamp stamp) {
    AgentState agent = before.agent().apply(event, stamp);
    SessionState session = before.session() == null ? null : before.session().apply(event);
    Usage costs = before.costs() != null && event.getPayload() instanceof TokenUsage call
        ? before.costs().plus(Usage.of(call))
        : before.costs();
    return new After(agent, session, costs, derived(before, agent, session, event));
  }

  /**
   * HEARTBEAT_MISSED for an agent that fell silent; the same id on every look until it is heard
   * again.
   */
  public static AgentActivity missed(AgentState agent, long nowMs) {
    long seenMs = agent.liveness().lastSeenMs();
    HeartbeatMissed payload = new HeartbeatMissed(seenMs, nowMs - seenMs);
    String id = EventIdKey.derived("missed|" + agent.agentId() + "|" + seenMs);
    return envelope(agent.agentId(), id, nowMs, payload);
  }

  private List<AgentActivity> derived(
      Before before, AgentState agent, @Nullable SessionState session, AgentActivity event) {
    List<AgentActivity> derived = new ArrayList<>(0);
    if (session != null && Call.isOne(event)) {
      newVerdicts(before.session(), session, event, derived);
    }
    if (event.getPayload() instanceof TokenUsage
        || event.getPayload() instanceof BudgetLimitChanged) {
      new BudgetCrossing(before.agent().budget(), agent.budget(), event)
          .crossed(window -> limits.of(agent.agentId(), window))
          .forEach(crossed -> derived.add(follows(event, crossed.payload(), crossed.idText())));
    }
    if (before.agent().liveness().isMissing() && !agent.liveness().isMissing()) {
      derived.add(recovered(before.agent(), event));
    }
    return derived;
  }

  /** One verdict per loop: only a pattern that did not hold before this call. */
  private static void newVerdicts(
      @Nullable SessionState before,
      SessionState session,
      AgentActivity event,
      List<AgentActivity> derived) {
    List<Verdict> now = session.verdicts();
    if (now.isEmpty()) {
      return;
    }
    List<String> already = before == null
        ? List.of()
        : before.verdicts().stream().map(Verdict::pattern).toList();
    for (Verdict verdict : now) {
      if (!already.contains(verdict.pattern())) {
        AgentStuck payload =
            new AgentStuck(verdict.explanation(), null, verdict.pattern(), verdict.evidence());
        derived.add(follows(event, payload, "stuck|" + event.getEventId() + verdict.pattern()));
      }
    }
  }

  private static AgentActivity recovered(AgentState before, AgentActivity event) {
    long seenMs = before.liveness().lastSeenMs();
    long silentMs = Math.max(0, event.getOccurredAtMs() - seenMs);
    return follows(
        event,
        new AgentRecovered(seenMs, silentMs),
        "recovered|" + event.getStreamId() + "|" + seenMs);
  }

  /** An event caused by another: one deeper, on the same session and issue. */
  private static AgentActivity follows(AgentActivity cause, SpecificRecord payload, String idText) {
    AgentActivity event =
        envelope(cause.getStreamId(), EventIdKey.derived(idText), cause.getOccurredAtMs(), payload);
    event.setRecordedAtMs(cause.getRecordedAtMs());
    event.setCausationId(cause.getEventId());
    event.setDepth(cause.getDepth() + 1);
    event.setTenant(cause.getTenant());
    event.setPool(cause.getPool());
    event.setSessionId(cause.getSessionId());
    event.setRepo(cause.getRepo());
    event.setIssueNumber(cause.getIssueNumber());
    return event;
  }

  private static AgentActivity envelope(
      String agentId, String eventId, long atMs, SpecificRecord payload) {
    AgentActivity event = new AgentActivity();
    event.setEventId(eventId);
    event.setType(EventCatalog.ofPayload(payload.getSchema()).wireName());
    event.setStreamId(agentId);
    event.setOccurredAtMs(atMs);
    event.setRecordedAtMs(atMs);
    event.setSource(AgentState.DERIVED_SOURCE);
    event.setPayload(payload);
    return event;
  }
}
