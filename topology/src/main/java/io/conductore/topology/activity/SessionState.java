package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentReleased;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.activity.ToolCall;
import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.stuck.Alarm;
import io.conductore.topology.stuck.Judge;
import io.conductore.topology.stuck.StuckRules;
import io.conductore.topology.stuck.Trace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One session of an agent: what it used, the newest of what it did, and whether it is stuck. Any
 * order of the same distinct events gives the same state, but for the alarm, which remembers what
 * was told (docs/decisions/0017-loop-or-progress.md).
 */
public record SessionState(
    SessionKey key,
    long firstMs,
    long lastMs,
    long toolCalls,
    Usage usage,
    Trace trace,
    Alarm alarm) {

  public static SessionState opening(SessionKey key) {
    return new SessionState(
        key, Long.MAX_VALUE, Long.MIN_VALUE, 0, Usage.NONE, Trace.EMPTY, Alarm.NONE);
  }

  /** True for events that change a session. */
  static boolean concerns(AgentActivity event) {
    return Trace.concerns(event)
        || (event.getPayload() instanceof TokenUsage && event.getSessionId() != null)
        || (event.getPayload() instanceof AgentReleased said && said.getVerdictId() != null);
  }

  /**
   * The state after one more event; the caller has made sure that it is not a duplicate.
   *
   * @param allocatedInputTokens what the agent said it may use; null if it did not
   */
  SessionState apply(AgentActivity event, StuckRules rules, @Nullable Long allocatedInputTokens) {
    if (event.getPayload() instanceof AgentReleased said) {
      return with(alarm.released(Objects.requireNonNullElse(said.getVerdictId(), "")));
    }
    long atMs = event.getOccurredAtMs();
    Trace next = trace.apply(event, rules);
    Usage used = event.getPayload() instanceof TokenUsage call ? usage.plus(Usage.of(call)) : usage;
    var judged = Judge.of(next, rules, burn(next, used, rules, allocatedInputTokens));
    return new SessionState(
        key,
        Math.min(firstMs, atMs),
        Math.max(lastMs, atMs),
        toolCalls + (event.getPayload() instanceof ToolCall ? 1 : 0),
        used,
        next,
        judged.isEmpty() && !alarm.isStuck()
            ? Alarm.NONE
            : alarm.next(next, judged, stuckId(event)));
  }

  /** The event that tells that this one was one too many. */
  static String stuckId(AgentActivity event) {
    return EventIdKey.derived("stuck|" + event.getEventId());
  }

  /** The same but for what was told. */
  SessionState with(Alarm other) {
    return new SessionState(key, firstMs, lastMs, toolCalls, usage, trace, other);
  }

  /** All fresh input of the session or one whole prompt, whichever is more. */
  private static Judge.Burn burn(
      Trace trace, Usage usage, StuckRules rules, @Nullable Long allocated) {
    long allowed = allocated == null ? rules.burnTokens() : allocated;
    return allowed <= 0
        ? Judge.Burn.NONE
        : new Judge.Burn(Math.max(usage.inputTokens(), trace.context().tokens()), allowed);
  }
}
