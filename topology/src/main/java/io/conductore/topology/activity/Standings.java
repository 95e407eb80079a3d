package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentRegistered;
import io.conductore.schemas.activity.AgentReleased;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.schemas.activity.Heartbeat;
import io.conductore.schemas.activity.ToolCall;
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
  private static final String STUCK = "stuck";

  private final Memory memory;
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

  Standings(Memory memory, Outlets outlets) {
    this.memory = memory;
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
    Handed is = quarantine.after(was.pool(pool(was, event)), after, event);
    if (missingTurned || isNews(was, is, before, after)) {
      outlets.dispatch(Pools.of(is.pool()), standing(is, after.agent()));
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
      case Heartbeat beat -> Boolean.TRUE.equals(beat.getStartup());
      default -> Trace.concerns(event);
    };
  }

  private static @Nullable String pool(Handed was, AgentActivity event) {
    boolean moves = event.getPayload() instanceof AgentRegistered && event.getPool() != null;
    return moves || was.pool() == null ? event.getPool() : was.pool();
  }

  private boolean isNews(
      Handed was, Handed is, ActivityFold.Before before, ActivityFold.After after) {
    Registration old = before.agent().registration();
    Registration now = after.agent().registration();
    return was.isQuarantined() != is.isQuarantined()
        || old.slots() != now.slots()
        || !old.capabilities().equals(now.capabilities())
        || !Objects.equals(old.role(), now.role())
        || (!Pools.of(was.pool()).equals(Pools.of(is.pool()))
            && now.stamp().isAfter(Registration.NONE.stamp()));
  }

  /** An agent that is missing is that first of all; stuck has no end of its own. */
  private static DispatchRecord.AgentStanding standing(Handed is, AgentState agent) {
    boolean missing = agent.liveness().isMissing();
    boolean stuck = !missing && is.isQuarantined();
    Registration said = agent.registration();
    return new DispatchRecord.AgentStanding(
        agent.agentId(),
        said.slots(),
        said.capabilities(),
        said.role(),
        missing ? MISSING : stuck ? STUCK : null,
        null,
        missing ? agent.liveness().lastSeenMs() : null);
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
