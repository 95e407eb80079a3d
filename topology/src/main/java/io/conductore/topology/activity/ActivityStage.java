package io.conductore.topology.activity;

import io.conductore.schemas.Log;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TelemetryMetered;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.topology.head.EventRefused;
import io.conductore.topology.head.LogHead;
import io.conductore.topology.head.Outlets;
import io.conductore.topology.head.Stage;
import io.conductore.topology.head.StreamKey;
import io.conductore.topology.metering.Metered;
import io.conductore.topology.state.Stamp;
import io.conductore.topology.state.StateCache;
import io.conductore.topology.state.StoreNames;
import io.conductore.topology.stuck.StuckBook;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads the states that an event concerns, folds, and writes them back. Store writes an event: ids,
 * streams and agents, one more for a tool call (sessions) and for a reading of a counter (metered),
 * two more for a model call in a session (sessions, costs).
 */
public final class ActivityStage implements Stage<AgentActivity> {
  /** How often to look for agents that fell silent. */
  static final Duration SILENCE_LOOK = Duration.ofSeconds(30);

  private static final int AGENTS_DECODED_MAX = 5_000;
  private static final int SESSIONS_DECODED_MAX = 5_000;
  private static final int COSTS_DECODED_MAX = 5_000;
  private static final int METERED_DECODED_MAX = 1_000;

  private final ActivityFold fold;
  private @Nullable Life life;

  private record Life(
      KeyValueStore<String, AgentState> agentStore,
      StateCache<String, AgentState> agents,
      StateCache<SessionKey, SessionState> sessions,
      StateCache<CostKey, Usage> costs,
      StateCache<SessionKey, Metered> metered,
      Announcements announcements,
      Standings standings,
      Spending spending,
      CostHours hours,
      Outlets outlets) {}

  public ActivityStage(Supplier<StuckBook> stuck) {
    this.fold = new ActivityFold(stuck);
  }

  @Override
  public Log log() {
    return Log.ACTIVITY;
  }

  @Override
  public void open(ProcessorContext<byte[], byte[]> context, Outlets outlets) {
    KeyValueStore<String, AgentState> agents = context.getStateStore(StoreNames.AGENTS);
    KeyValueStore<SessionKey, SessionState> sessions = context.getStateStore(StoreNames.SESSIONS);
    KeyValueStore<CostKey, Usage> costs = context.getStateStore(StoreNames.COSTS);
    KeyValueStore<String, Handed> handed = context.getStateStore(StoreNames.HANDED);
    life = new Life(
        agents,
        new StateCache<>(agents, AGENTS_DECODED_MAX),
        new StateCache<>(sessions, SESSIONS_DECODED_MAX),
        new StateCache<>(costs, COSTS_DECODED_MAX),
        new StateCache<>(context.getStateStore(StoreNames.METERED), METERED_DECODED_MAX),
        new Announcements(context.getStateStore(StoreNames.GUARD_BLOCKS), outlets),
        new Standings(Standings.Memory.of(new StateCache<>(handed, AGENTS_DECODED_MAX)), outlets),
        new Spending(outlets),
        new CostHours(context.getStateStore(StoreNames.COST_HOURS)),
        outlets);
    context.schedule(SILENCE_LOOK, PunctuationType.WALL_CLOCK_TIME, this::lookForSilence);
  }

  @Override
  public Arrival arrival(AgentActivity event) {
    return new Arrival(event.getEventId(), event.getStreamId(), event.getType());
  }

  @Override
  public void fold(AgentActivity event, byte[] idKey, byte[] value, LogHead head) {
    Life now = life();
    String agentId = event.getStreamId();
    SessionKey sessionKey = SessionState.concerns(event) ? SessionKey.of(event) : null;
    CostKey costKey =
        event.getPayload() instanceof TokenUsage call ? CostKey.of(event, call) : null;
    AgentState agent = now.agents().get(agentId);
    ActivityFold.Before before = new ActivityFold.Before(
        agent == null ? AgentState.unseen(agentId) : agent,
        sessionKey == null ? null : session(now, sessionKey),
        costKey == null ? null : costs(now, costKey),
        sessionKey == null ? null : now.standings().pool(agentId));

    ActivityFold.After after = folded(before, event, stamp(event, idKey));

    StreamKey place = new StreamKey(agentId, after.agent().ordinal());
    head.append(idKey, place, event.getRecordedAtMs(), value);
    now.agents().put(agentId, after.agent());
    if (sessionKey != null && after.session() != null) {
      now.sessions().put(sessionKey, after.session());
    }
    if (costKey != null && after.costs() != null) {
      now.costs().put(costKey, after.costs());
    }
    if (event.getPayload() instanceof TelemetryMetered said) {
      meter(now, event, said);
    }
    after.derived().forEach(now.outlets()::event);
    now.announcements().tell(before, after, event);
    now.standings().tell(before, after, event);
    now.spending().tell(event);
    now.hours().add(event);
  }

  /**
   * What the fold throws once it throws on every replay: that must cost one event and not the
   * stream.
   */
  private ActivityFold.After folded(ActivityFold.Before before, AgentActivity event, Stamp stamp) {
    try {
      return fold.apply(before, event, stamp);
    } catch (ArithmeticException outOfRange) {
      throw new EventRefused("a sum left its range: " + outOfRange.getMessage(), outOfRange);
    } catch (RuntimeException bug) {
      throw new EventRefused("the fold failed: " + bug, bug);
    }
  }

  /** Beside what is counted, never in it: the same tokens come as calls. */
  private static void meter(Life now, AgentActivity event, TelemetryMetered said) {
    SessionKey key = SessionKey.of(event);
    Metered known = now.metered().get(key);
    now.metered().put(key, (known == null ? Metered.NONE : known).apply(event, said));
  }

  private void lookForSilence(long nowMs) {
    try (KeyValueIterator<String, AgentState> agents = life().agentStore().all()) {
      while (agents.hasNext()) {
        KeyValue<String, AgentState> entry = agents.next();
        Liveness liveness = entry.value.liveness();
        if (liveness.isSilentAt(nowMs) && !liveness.isMissing()) {
          life().outlets().event(ActivityFold.missed(entry.value, nowMs));
        }
      }
    }
  }

  private static SessionState session(Life now, SessionKey key) {
    SessionState known = now.sessions().get(key);
    return known == null ? SessionState.opening(key) : known;
  }

  private static Usage costs(Life now, CostKey key) {
    Usage known = now.costs().get(key);
    return known == null ? Usage.NONE : known;
  }

  private static Stamp stamp(AgentActivity event, byte[] idKey) {
    return new Stamp(event.getOccurredAtMs(), ByteBuffer.wrap(idKey).getLong());
  }

  private Life life() {
    Life now = life;
    if (now == null) {
      throw new IllegalStateException("not open");
    }
    return now;
  }
}
