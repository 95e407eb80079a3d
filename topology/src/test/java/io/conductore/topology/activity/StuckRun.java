package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.stuck.Level;
import io.conductore.topology.stuck.StuckRules;
import io.conductore.topology.stuck.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A session that a test plays call by call, one turn and five seconds each unless it says
 * otherwise.
 */
final class StuckRun {
  private static final Duration PACE = Duration.ofSeconds(5);
  private static final Set<String> TURNED = Set.of("TOOL_CALL", "TURN_COMPLETED");
  private static final SessionKey KEY = new SessionKey("dev-e", "s1");

  private final Set<String> patterns = new TreeSet<>();
  private final Set<String> nudges = new TreeSet<>();
  private final List<AgentActivity> events = new ArrayList<>();
  private SessionState session = SessionState.opening(KEY);
  private Instant now = RigDriver.START;
  private int turn = 1;
  private int calls;
  private int calledStuckAfter;
  private final StuckRules rules;

  StuckRun() {
    this(StuckRules.SEED);
  }

  StuckRun(StuckRules rules) {
    this.rules = rules;
  }

  /** Plays one call in a turn of its own. */
  StuckRun then(Flat call) {
    inTurn(call);
    turn++;
    return this;
  }

  /** Plays all of them, that many times. */
  StuckRun times(int count, Flat... cycle) {
    for (int i = 0; i < count; i++) {
      for (Flat call : cycle) {
        then(call);
      }
    }
    return this;
  }

  /** Plays a call that shares its turn with the one after it. */
  StuckRun inTurn(Flat call) {
    calls++;
    now = now.plus(PACE);
    // A call of the guard has no turn; the producer would not send one.
    boolean hasTurn = TURNED.contains(call.json().path("type").asText());
    Flat numbered = hasTurn ? call.with("turn", turn) : call;
    AgentActivity event = event(numbered.id("e-%03d".formatted(calls)).at(now));
    events.add(event);
    session = session.apply(event, rules, null);
    if (session.alarm().isStuck()) {
      verdicts().forEach(verdict -> patterns.add(verdict.pattern().word()));
    } else {
      nudges.addAll(
          session.alarm().verdicts().stream().map(one -> one.pattern().word()).toList());
    }
    calledStuckAfter = calledStuckAfter == 0 && !patterns.isEmpty() ? calls : calledStuckAfter;
    return this;
  }

  /** Every pattern that held at any moment of the run. */
  Set<String> patternsSeen() {
    return patterns;
  }

  /** Every pattern that the agent was nudged for. */
  Set<String> nudgesSeen() {
    return nudges;
  }

  /** The verdicts after the last call, without nudges. */
  List<Verdict> verdicts() {
    return session.alarm().verdicts().stream()
        .filter(verdict -> verdict.level() == Level.STUCK)
        .toList();
  }

  /** The number of the call that the first verdict came with; 0 for none. */
  int calledStuckAfter() {
    return calledStuckAfter;
  }

  SessionState session() {
    return session;
  }

  List<AgentActivity> events() {
    return events;
  }

  private AgentActivity event(Flat call) {
    FlatOutcome outcome =
        FlatReader.read(call.json(), new Reading(now.toEpochMilli(), () -> "none", "test"));
    if (outcome instanceof FlatOutcome.Accepted accepted) {
      return (AgentActivity) accepted.event().envelope();
    }
    throw new AssertionError(call.json() + ": " + outcome);
  }
}
