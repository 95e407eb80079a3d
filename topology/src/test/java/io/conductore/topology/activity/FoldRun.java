package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.state.Stamp;
import io.conductore.topology.stuck.Alarm;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The folds over plain maps, without stores and without a graph; and the same with a bug put in.
 */
final class FoldRun {

  /** Bugs that the comparison with the model must find (R0). */
  enum Bug {
    NONE,
    /** Loses the event in the middle. */
    DROPS_ONE,
    /** Counts the event in the middle again. */
    APPLIES_ONE_TWICE,
    /** Believes what came last instead of what happened last. */
    TAKES_THE_LAST
  }

  private final ActivityFold fold = new ActivityFold();
  private final Map<String, AgentState> agents = new TreeMap<>();
  private final Map<String, SessionState> sessions = new TreeMap<>();
  private final Map<String, Usage> costs = new TreeMap<>();
  private final Map<String, CostKey> costKeys = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Bug bug;
  private int arrivals;

  private FoldRun(Bug bug) {
    this.bug = bug;
  }

  static FoldRun of(List<AgentActivity> deliveries) {
    return of(deliveries, Bug.NONE);
  }

  static FoldRun of(List<AgentActivity> deliveries, Bug bug) {
    FoldRun run = new FoldRun(bug);
    AgentActivity victim = deliveries.get(deliveries.size() / 2);
    if (bug == Bug.DROPS_ONE) {
      run.seen.add(victim.getEventId());
    }
    deliveries.stream().filter(event -> run.seen.add(event.getEventId())).forEach(run::apply);
    if (bug == Bug.APPLIES_ONE_TWICE) {
      run.apply(victim);
    }
    return run;
  }

  Facts facts() {
    Map<CostKey, Usage> rows = new java.util.HashMap<>();
    costs.forEach((name, usage) -> rows.put(costKeys.get(name), usage));
    return StateFacts.of(agents.values(), sessions.values(), rows);
  }

  /**
   * The states themselves, for runs over the same events in another order; what was told is a
   * matter of that order.
   */
  List<Object> states() {
    Map<String, SessionState> untold = new TreeMap<>();
    sessions.forEach((name, session) -> untold.put(name, session.with(Alarm.NONE)));
    return List.of(agents, untold, costs);
  }

  private void apply(AgentActivity event) {
    AgentState agent =
        agents.getOrDefault(event.getStreamId(), AgentState.unseen(event.getStreamId()));
    SessionKey session = SessionState.concerns(event) ? SessionKey.of(event) : null;
    CostKey cost = event.getPayload() instanceof TokenUsage call ? CostKey.of(event, call) : null;
    ActivityFold.After after = fold.apply(
        new ActivityFold.Before(
            agent,
            session == null
                ? null
                : sessions.getOrDefault(session.toString(), SessionState.opening(session)),
            cost == null ? null : costs.getOrDefault(cost.toString(), Usage.NONE)),
        event,
        stamp(event));
    agents.put(event.getStreamId(), after.agent());
    if (session != null) {
      sessions.put(session.toString(), after.session());
    }
    if (cost != null) {
      costs.put(cost.toString(), after.costs());
      costKeys.put(cost.toString(), cost);
    }
  }

  private Stamp stamp(AgentActivity event) {
    return bug == Bug.TAKES_THE_LAST
        ? new Stamp(++arrivals, 0)
        : new Stamp(
            event.getOccurredAtMs(),
            ByteBuffer.wrap(EventIdKey.of(event.getEventId())).getLong());
  }
}
