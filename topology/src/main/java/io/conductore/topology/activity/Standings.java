package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentRegistered;
import io.conductore.schemas.activity.AgentReleased;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.schemas.activity.BudgetLimitChanged;
import io.conductore.schemas.activity.Heartbeat;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.activity.ToolCall;
import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.Pools;
import io.conductore.topology.head.Outlets;
import io.conductore.topology.state.Clip;
import io.conductore.topology.state.StateCache;
import io.conductore.topology.stuck.Trace;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What dispatch is told about an agent: what it can take and whether it may, when that changes, and
 * that it works, once a minute. A heartbeat that changes nothing costs nothing here, not even a
 * read.
 */
final class Standings {
  static final Duration PROGRESS_EVERY = Duration.ofMinutes(1);

  private static final String MISSING = "missing";
  private static final String BUDGET_SPENT = "budget-spent";
  private static final String STUCK = "stuck";

  private final Memory memory;
  private final BudgetLimits limits;
  private final Outlets outlets;
  private final Quarantine quarantine;

  /** What was handed on, by agent. */
  interface Memory {
    @Nullable
    Handed get(String agentId);

    void put(String agentId, Handed handed);

    static Memory of(StateCache<String, Handed> store) {
      return new Memory() {
        @Override
        public @Nullable Handed get(String agentId) {
          return store.get(agentId);
        }

        @Override
        public void put(String agentId, Handed handed) {
          store.put(agentId, handed);
        }
      };
    }
  }

  Standings(Memory memory, BudgetLimits limits, Outlets outlets) {
    this.memory = memory;
    this.limits = limits;
    this.outlets = outlets;
    this.quarantine = new Quarantine(outlets);
  }

  /** Where the agent works as far as anybody said; null if nobody did. */
  @Nullable
  String pool(String agentId) {
    Handed known = memory.get(agentId);
    return known == null ? null : known.pool();
  }

  void tell(ActivityFold.Before before, ActivityFold.After after, AgentActivity event) {
    boolean missingTurned =
        before.agent().liveness().isMissing() != after.agent().liveness().isMissing();
    if (!missingTurned && !mayChange(event)) {
      return;
    }
    Handed known = memory.get(event.getStreamId());
    Handed was = known == null ? Handed.NOTHING : known;
    Handed released = quarantine.after(was.pool(pool(was, event)), after, event);
    Handed is = judged(released, before, after, event);
    if (missingTurned || isNews(was, is, before, after)) {
      outlets.dispatch(Pools.of(is.pool()), standing(is, after.agent(), event.getRecordedAtMs()));
    }
    if (Announcements.isFresh(event)) {
      is = isLooping(after) ? is : progressed(is, event);
      gaveUp(is, event);
    }
    if (!is.equals(was)) {
      memory.put(event.getStreamId(), is);
    }
  }

  private static boolean mayChange(AgentActivity event) {
    return switch (event.getPayload()) {
      case AgentRegistered said -> true;
      case AgentStuck said -> true;
      case AgentReleased said -> true;
      case TokenUsage used -> true;
      case BudgetLimitChanged changed -> true;
      case Heartbeat beat -> Boolean.TRUE.equals(beat.getStartup());
      default -> Trace.concerns(event);
    };
  }

  private static @Nullable String pool(Handed was, AgentActivity event) {
    boolean moves = event.getPayload() instanceof AgentRegistered && event.getPool() != null;
    return moves || was.pool() == null ? event.getPool() : was.pool();
  }

  private Handed judged(
      Handed handed, ActivityFold.Before before, ActivityFold.After after, AgentActivity event) {
    long nowMs = event.getRecordedAtMs();
    boolean spends = event.getPayload() instanceof TokenUsage
        || event.getPayload() instanceof BudgetLimitChanged;
    long spentUntilMs = spends ? spentUntilMs(after.agent(), nowMs) : 0;
    return spends && spentUntilMs != spentUntilMs(before.agent(), nowMs)
        ? handed.budgetUntil(spentUntilMs)
        : handed;
  }

  private boolean isNews(
      Handed was, Handed is, ActivityFold.Before before, ActivityFold.After after) {
    Registration old = before.agent().registration();
    Registration now = after.agent().registration();
    return was.isQuarantined() != is.isQuarantined()
        || was.budgetUntilMs() != is.budgetUntilMs()
        || old.slots() != now.slots()
        || !old.capabilities().equals(now.capabilities())
        || !Objects.equals(old.role(), now.role())
        || (!Pools.of(was.pool()).equals(Pools.of(is.pool()))
            && now.stamp().isAfter(Registration.NONE.stamp()));
  }

  /** Of several refusals the one that lasts longest; stuck has no end of its own. */
  private static DispatchRecord.AgentStanding standing(Handed is, AgentState agent, long nowMs) {
    boolean missing = agent.liveness().isMissing();
    boolean stuck = !missing && is.isQuarantined();
    boolean spent = !missing && !stuck && is.budgetUntilMs() > nowMs;
    String refusal = stuck ? STUCK : spent ? BUDGET_SPENT : null;
    Registration said = agent.registration();
    return new DispatchRecord.AgentStanding(
        agent.agentId(),
        said.slots(),
        said.capabilities(),
        said.role(),
        missing ? MISSING : refusal,
        spent ? is.budgetUntilMs() : null,
        missing ? agent.liveness().lastSeenMs() : null);
  }

  /** When the last window ends that is used up at this time; 0 if none is. */
  private long spentUntilMs(AgentState agent, long nowMs) {
    long untilMs = 0;
    for (Window window : Window.values()) {
      Budget budget = agent.budget();
      Limit limit = budget.limitAt(window, nowMs, limits.of(agent.agentId(), window));
      if (isSpent(budget.spentAt(window, nowMs), limit)) {
        untilMs = Math.max(untilMs, window.endOf(window.bucketAt(nowMs)).toEpochMilli());
      }
    }
    return untilMs;
  }

  /** As {@link BudgetCrossing} counts: without any spending nothing is used up. */
  private static boolean isSpent(Spent spent, Limit limit) {
    boolean tokens =
        limit.tokens() != null && spent.tokens() > 0 && spent.tokens() >= limit.tokens();
    boolean usd = limit.usd() != null
        && spent.usd().pico() > 0
        && spent.usd().pico() >= limit.usd().pico();
    return tokens || usd;
  }

  /** A loop of successes renews no lease. */
  private static boolean isLooping(ActivityFold.After after) {
    SessionState session = after.session();
    return session != null && session.alarm().isStuck();
  }

  private Handed progressed(Handed is, AgentActivity event) {
    if (!(event.getPayload() instanceof ToolCall call)
        || !isSuccess(call)
        || event.getOccurredAtMs() - is.progressedMs() < PROGRESS_EVERY.toMillis()) {
      return is;
    }
    String pool = event.getPool() == null ? Pools.of(is.pool()) : event.getPool();
    outlets.dispatch(
        pool,
        new DispatchRecord.AgentProgressed(
            event.getStreamId(), issue(event), event.getLeaseToken()));
    return is.progressed(event.getOccurredAtMs());
  }

  private void gaveUp(Handed is, AgentActivity event) {
    String issue = issue(event);
    if (event.getPayload() instanceof AgentStuck said && issue != null && isGivingUp(event)) {
      String reason = said.getReason() == null ? "gave up" : "gave up: " + said.getReason();
      outlets.dispatch(
          event.getPool() == null ? Pools.of(is.pool()) : event.getPool(),
          new DispatchRecord.AgentGaveUp(
              event.getStreamId(), issue, Clip.text(reason), event.getLeaseToken()));
    }
  }

  /** Said by the agent itself, and of an issue. */
  static boolean isGivingUp(AgentActivity event) {
    return !AgentState.DERIVED_SOURCE.equals(event.getSource()) && issue(event) != null;
  }

  private static @Nullable String issue(AgentActivity event) {
    Integer number = event.getIssueNumber();
    String repo = event.getRepo();
    return repo == null || number == null || number <= 0 ? null : repo + "#" + number;
  }

  static boolean isSuccess(ToolCall call) {
    return !"error".equals(call.getOutcome());
  }
}
