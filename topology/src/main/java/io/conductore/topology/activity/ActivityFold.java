package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentRecovered;
import io.conductore.schemas.activity.HeartbeatMissed;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.topology.handoff.Pools;
import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.state.Stamp;
import io.conductore.topology.stuck.StuckBook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one event does to the states it concerns, and the events that follow from it. Pure: the
 * processor reads the states before and writes those after.
 */
public final class ActivityFold {
  private final Supplier<StuckBook> stuck;

  /**
   * The states an event meets; the session and the cost row where it concerns any.
   *
   * @param pool where the agent works, null if nobody said so
   */
  public record Before(
      AgentState agent,
      @Nullable SessionState session,
      @Nullable Usage costs,
      @Nullable String pool) {

    /** Of an agent whose pool nobody named. */
    public Before(AgentState agent, @Nullable SessionState session, @Nullable Usage costs) {
      this(agent, session, costs, null);
    }
  }

  /** The states after it, in the same places, and what is derived. */
  public record After(
      AgentState agent,
      @Nullable SessionState session,
      @Nullable Usage costs,
      List<AgentActivity> derived) {}

  /** With the seed's thresholds. */
  public ActivityFold() {
    this(() -> StuckBook.SEED);
  }

  /** @param stuck asked for each event that can show a loop; what it says may change */
  public ActivityFold(Supplier<StuckBook> stuck) {
    this.stuck = stuck;
  }

  /** @throws ArithmeticException when a sum leaves its range; the event is then a dead letter */
  public After apply(Before before, AgentActivity event, Stamp stamp) {
    AgentState agent = before.agent().apply(event, stamp);
    SessionState session =
        before.session() == null ? null : session(before.session(), agent, before.pool(), event);
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
    return Derived.envelope(agent.agentId(), id, nowMs, payload);
  }

  private SessionState session(
      SessionState before, AgentState agent, @Nullable String pool, AgentActivity event) {
    String named = event.getPool() == null ? pool : event.getPool();
    return before.apply(
        event,
        stuck.get().of(agent.agentId(), Pools.of(named)),
        agent.registration().allocatedInputTokens());
  }

  private List<AgentActivity> derived(
      Before before, AgentState agent, @Nullable SessionState session, AgentActivity event) {
    List<AgentActivity> derived = new ArrayList<>(0);
    if (session != null && before.session() != null) {
      derived.addAll(StuckEvents.of(before.session().alarm(), session.alarm(), event));
    }
    if (before.agent().liveness().isMissing() && !agent.liveness().isMissing()) {
      derived.add(recovered(before.agent(), event));
    }
    return derived;
  }

  private static AgentActivity recovered(AgentState before, AgentActivity event) {
    long seenMs = before.liveness().lastSeenMs();
    long silentMs = Math.max(0, event.getOccurredAtMs() - seenMs);
    return Derived.follows(
        event,
        new AgentRecovered(seenMs, silentMs),
        "recovered|" + event.getStreamId() + "|" + seenMs);
  }
}
