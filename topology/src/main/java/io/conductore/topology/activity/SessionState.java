package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.activity.ToolCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One session of an agent: what it used, and its newest tool calls in order of occurrence. The
 * verdicts are a function of these calls, so late and reordered events end in the state that sorted
 * ones give.
 *
 * @param calls oldest first, at most {@link #CALLS_KEPT}
 */
public record SessionState(
    SessionKey key, long firstMs, long lastMs, long toolCalls, Usage usage, List<Call> calls) {
  /** Ten turns, with room for calls made in parallel. */
  static final int CALLS_KEPT = 16;

  public SessionState {
    calls = List.copyOf(calls);
  }

  public static SessionState opening(SessionKey key) {
    return new SessionState(key, Long.MAX_VALUE, Long.MIN_VALUE, 0, Usage.NONE, List.of());
  }

  /** True for events that change a session. */
  static boolean concerns(AgentActivity event) {
    return Call.isOne(event)
        || (event.getPayload() instanceof TokenUsage && event.getSessionId() != null);
  }

  SessionState apply(AgentActivity event) {
    long atMs = event.getOccurredAtMs();
    Call call = Call.of(event);
    return new SessionState(
        key,
        Math.min(firstMs, atMs),
        Math.max(lastMs, atMs),
        toolCalls + (event.getPayload() instanceof ToolCall ? 1 : 0),
        event.getPayload() instanceof TokenUsage used ? usage.plus(Usage.of(used)) : usage,
        call == null ? calls : with(call));
  }

  /** Judged anew from the calls each time; empty for a session that makes progress. */
  public List<Verdict> verdicts() {
    return StuckPattern.judgeAll(calls);
  }

  /** The newest calls with this one in its place; the oldest falls out. */
  private List<Call> with(Call call) {
    List<Call> next = new ArrayList<>(CALLS_KEPT + 1);
    next.addAll(calls);
    int at = Collections.binarySearch(next, call);
    next.add(at < 0 ? -at - 1 : at, call);
    if (next.size() > CALLS_KEPT) {
      next.removeFirst();
    }
    return next;
  }
}
