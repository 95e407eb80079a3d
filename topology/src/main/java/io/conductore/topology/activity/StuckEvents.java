package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentNudged;
import io.conductore.schemas.activity.AgentReleased;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.topology.stuck.Alarm;
import io.conductore.topology.stuck.Pattern;
import io.conductore.topology.stuck.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is said when a session's alarm changes: one nudge and one AGENT_STUCK a loop, and one
 * AGENT_RELEASED when it is over. The warning of a burnt context stands beside them.
 */
final class StuckEvents {
  static final String PROGRESS = "progress";

  private final AgentActivity cause;
  private final List<AgentActivity> events = new ArrayList<>(0);

  private StuckEvents(AgentActivity cause) {
    this.cause = cause;
  }

  static List<AgentActivity> of(Alarm before, Alarm after, AgentActivity cause) {
    if (before.equals(after) || cause.getPayload() instanceof AgentReleased) {
      return List.of();
    }
    StuckEvents said = new StuckEvents(cause);
    boolean over = before.isStuck() && !after.stuckId().equals(before.stuckId());
    if (over) {
      said.released(before);
    }
    if (after.isStuck() && !after.stuckId().equals(before.stuckId())) {
      said.stuck(after);
    } else if (!after.isStuck() && (over || loop(before).isEmpty())) {
      loop(after).ifPresent(said::nudged);
    }
    if (!before.shows(Pattern.CONTEXT_BURN)) {
      after.verdicts().stream()
          .filter(verdict -> verdict.pattern() == Pattern.CONTEXT_BURN)
          .forEach(said::nudged);
    }
    return said.events;
  }

  private static Optional<Verdict> loop(Alarm alarm) {
    return alarm.verdicts().stream()
        .filter(verdict -> verdict.pattern() != Pattern.CONTEXT_BURN)
        .findFirst();
  }

  private void nudged(Verdict verdict) {
    AgentNudged payload =
        new AgentNudged(verdict.pattern().word(), verdict.advice(), verdict.evidenceIds());
    String word = verdict.pattern().word();
    events.add(Derived.follows(cause, payload, "nudged|" + cause.getEventId() + "|" + word));
  }

  private void stuck(Alarm alarm) {
    Verdict verdict = alarm.verdicts().getFirst();
    AgentStuck payload = new AgentStuck(
        verdict.explanation(), null, verdict.pattern().word(), verdict.evidenceIds());
    events.add(Derived.named(cause, payload, alarm.stuckId()));
  }

  private void released(Alarm alarm) {
    events.add(Derived.follows(
        cause, new AgentReleased(PROGRESS, alarm.stuckId(), null), "released|" + alarm.stuckId()));
  }
}
