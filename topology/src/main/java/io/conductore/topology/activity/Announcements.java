package io.conductore.topology.activity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentNudged;
import io.conductore.schemas.activity.AgentRegistered;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.schemas.activity.GuardBlocked;
import io.conductore.schemas.activity.GuardFailedOpen;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.Causes;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.head.Outlets;
import io.conductore.topology.state.Clip;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What the inboxes and the escalations are told about an agent: its subscription, and why somebody
 * should look at it. Causes are told where a state changes, so that a late event calls nobody for
 * what is over.
 */
final class Announcements {
  /** What an import brings in from last month calls nobody. */
  static final Duration FRESH_MAX = Duration.ofHours(1);

  private static final String ALL_ISSUES = "all";

  private final KeyValueStore<String, GuardBlocks> guards;
  private final Outlets outlets;

  Announcements(KeyValueStore<String, GuardBlocks> guards, Outlets outlets) {
    this.guards = guards;
    this.outlets = outlets;
  }

  void tell(ActivityFold.Before before, ActivityFold.After after, AgentActivity event) {
    String agentId = event.getStreamId();
    switch (event.getPayload()) {
      case AgentRegistered said -> subscribed(before.agent(), after.agent(), said);
      case GuardBlocked blocked -> guard(agentId, event);
      case GuardFailedOpen failed -> failedOpen(failed, event);
      case AgentStuck stuck -> posted(stuck, event);
      default -> {}
    }
    silence(before.agent().liveness(), after.agent().liveness(), event);
    stuck(after);
  }

  private void subscribed(AgentState before, AgentState after, AgentRegistered said) {
    Registration now = after.registration();
    if (!now.equals(before.registration())) {
      outlets.inbox(
          after.agentId(),
          new InboxRecord.Subscribed(
              after.agentId(),
              now.subscribedEventTypes(),
              ALL_ISSUES.equals(said.getSubscribedIssues()),
              now.slots()));
    }
  }

  private void guard(String agentId, AgentActivity event) {
    GuardBlocks known = guards.get(agentId);
    GuardBlocks before = known == null ? GuardBlocks.NONE : known;
    GuardBlocks after =
        before.apply(new GuardBlocks.Block(event.getOccurredAtMs(), event.getEventId()));
    guards.put(agentId, after);
    if (after.isStorm() && !before.isStorm()) {
      String summary = "the guard stopped %d commands of %s within %d minutes"
          .formatted(GuardBlocks.STORM_BLOCKS, agentId, GuardBlocks.STORM_WINDOW.toMinutes());
      raise(Causes.GUARD_STORM, summary, after.eventIds(), event);
    }
  }

  /** One is enough: what the hook should have judged went through unjudged. */
  private void failedOpen(GuardFailedOpen failed, AgentActivity event) {
    String hook = failed.getHook() == null ? "a hook" : "the hook " + Clip.text(failed.getHook());
    String summary =
        "%s of %s failed and let its call through".formatted(hook, event.getStreamId());
    raise(Causes.GUARD_FAILED_OPEN, summary, List.of(event.getEventId()), event);
  }

  /** An agent's own report; what is derived here is told when it is derived. */
  private void posted(AgentStuck said, AgentActivity event) {
    if (!AgentState.DERIVED_SOURCE.equals(event.getSource())) {
      raise(Causes.STUCK, stuckSentence(said, event), said.getEvidence(), event);
    }
  }

  private void silence(Liveness before, Liveness after, AgentActivity event) {
    if (after.isMissing() && !before.isMissing()) {
      String summary = event.getStreamId() + " was not heard of for more than "
          + Liveness.SILENCE_MAX.toMinutes() + " minutes";
      raise(Causes.SILENCE, summary, List.of(), event);
    }
    if (before.isMissing() && !after.isMissing()) {
      clear(Causes.SILENCE, event);
    }
  }

  /** The agent itself hears of a nudge, and of a verdict why it gets no more work. */
  private void stuck(ActivityFold.After after) {
    for (AgentActivity derived : after.derived()) {
      switch (derived.getPayload()) {
        case AgentStuck verdict -> {
          raise(Causes.STUCK, stuckSentence(verdict, derived), verdict.getEvidence(), derived);
          notice(derived, verdict.getPattern(), verdict.getReason(), verdict.getEvidence());
        }
        case AgentNudged nudge ->
          notice(derived, nudge.getPattern(), nudge.getReason(), nudge.getEvidence());
        default -> {}
      }
    }
  }

  private void notice(
      AgentActivity said, @Nullable String pattern, @Nullable String text, List<String> evidence) {
    if (isFresh(said)) {
      ObjectNode data = JsonNodeFactory.instance
          .objectNode()
          .put("sessionId", said.getSessionId())
          .put("pattern", pattern)
          .put("text", text);
      evidence.forEach(data.putArray("evidence")::add);
      outlets.inbox(
          said.getStreamId(),
          new InboxRecord.Notice(
              said.getStreamId(), said.getEventId(), said.getType(), said.getOccurredAtMs(), data));
    }
  }

  private static String stuckSentence(AgentStuck said, AgentActivity event) {
    return said.getReason() == null
        ? event.getStreamId() + " is stuck"
        : event.getStreamId() + " is stuck: " + Clip.text(said.getReason());
  }

  private void raise(String cause, String summary, List<String> evidence, AgentActivity event) {
    if (isFresh(event)) {
      outlets.cause(new CauseRecord.Raised(
          CauseRecord.Subject.agent(event.getStreamId()),
          cause,
          summary,
          evidence,
          event.getEventId(),
          event.getOccurredAtMs(),
          event.getDepth()));
    }
  }

  static boolean isFresh(AgentActivity event) {
    return event.getRecordedAtMs() - event.getOccurredAtMs() <= FRESH_MAX.toMillis();
  }

  private void clear(String cause, AgentActivity event) {
    outlets.cause(new CauseRecord.Cleared(
        CauseRecord.Subject.agent(event.getStreamId()), cause, event.getOccurredAtMs()));
  }
}
