package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentRegistered;
import io.conductore.schemas.activity.AgentReleased;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.schemas.activity.Heartbeat;
import io.conductore.schemas.activity.ToolCall;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.Causes;
import io.conductore.topology.head.Outlets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions keep their agent from getting work: from AGENT_STUCK until that session makes
 * progress, a newer one does, the agent begins anew or gives its issue up, or a person
 * acknowledges. With the last session the escalation closes, unless the agent called for help
 * itself; an acknowledgement closes nothing.
 */
final class Quarantine {
  static final String ACKNOWLEDGED = "acknowledged";

  private static final String NEWER_SESSION = "newer-session";
  private static final String RESTARTED = "restarted";
  private static final String GAVE_UP = "gave-up";

  private final Outlets outlets;

  Quarantine(Outlets outlets) {
    this.outlets = outlets;
  }

  /** What is handed on after this event; tells who is released, and closes the escalation. */
  Handed after(Handed before, ActivityFold.After after, AgentActivity event) {
    Handed next = before;
    for (AgentActivity derived : after.derived()) {
      next = derived(next, derived);
    }
    next = switch (event.getPayload()) {
      case AgentReleased said -> released(next, said);
      case AgentRegistered said -> release(next, event, RESTARTED, session -> true);
      case Heartbeat beat
      when Boolean.TRUE.equals(beat.getStartup()) ->
        release(next, event, RESTARTED, session -> true);
      case AgentStuck said
      when Standings.isGivingUp(event) -> release(next, event, GAVE_UP, session -> true);
      case ToolCall call when Standings.isSuccess(call) -> passed(next, after.session(), event);
      default -> next;
    };
    // Who says himself that he is stuck has just called a person, and that call stays.
    boolean reported = event.getPayload() instanceof AgentStuck;
    if (!before.stuck().isEmpty() && next.stuck().isEmpty() && !reported) {
      outlets.cause(new CauseRecord.Cleared(
          CauseRecord.Subject.agent(event.getStreamId()), Causes.STUCK, event.getOccurredAtMs()));
    }
    return next;
  }

  private static Handed derived(Handed handed, AgentActivity derived) {
    return switch (derived.getPayload()) {
      case AgentStuck said
      when Announcements.isFresh(derived) ->
        handed.stuck(new Handed.Stuck(
            derived.getEventId(),
            SessionKey.of(derived).sessionId(),
            derived.getOccurredAtMs(),
            false));
      case AgentReleased said -> released(handed, said);
      default -> handed;
    };
  }

  private static Handed released(Handed handed, AgentReleased said) {
    String verdictId = said.getVerdictId();
    if (ACKNOWLEDGED.equals(said.getReason())) {
      return handed.acknowledged();
    }
    return verdictId == null
        ? handed.released(session -> true)
        : handed.released(session -> session.verdictId().equals(verdictId));
  }

  /** A session that began after the verdict and gets on: the agent has left the loop behind. */
  private Handed passed(Handed handed, @Nullable SessionState session, AgentActivity event) {
    if (session == null
        || handed.stuck().isEmpty()
        || !session.alarm().verdicts().isEmpty()) {
      return handed;
    }
    String own = session.key().sessionId();
    return release(
        handed,
        event,
        NEWER_SESSION,
        stuck -> !stuck.sessionId().equals(own) && session.firstMs() >= stuck.atMs());
  }

  private Handed release(
      Handed handed, AgentActivity event, String reason, Predicate<Handed.Stuck> which) {
    handed.stuck().stream().filter(which).forEach(session -> {
      AgentActivity said = Derived.follows(
          event,
          new AgentReleased(reason, session.verdictId(), null),
          "released|" + session.verdictId());
      said.setSessionId(session.sessionId());
      outlets.event(said);
    });
    return handed.released(which);
  }
}
