package io.conductore.query.read;

import io.conductore.topology.activity.SessionState;
import io.conductore.topology.stuck.Verdict;
import java.time.Instant;
import java.util.List;

/** One session of an agent, and why it is stuck where it is. */
public record SessionView(
    String agentId,
    String sessionId,
    boolean stuck,
    List<VerdictView> verdicts,
    long calls,
    Instant firstCall,
    Instant lastCall) {

  /** Pattern, nudge or stuck, since when, the events that show it, and a sentence. */
  public record VerdictView(
      String pattern, String level, Instant since, List<String> evidence, String explanation) {
    static VerdictView of(Verdict verdict) {
      return new VerdictView(
          verdict.pattern().word(),
          verdict.level().word(),
          Instant.ofEpochMilli(verdict.sinceMs()),
          verdict.evidenceIds(),
          verdict.explanation());
    }
  }

  public static SessionView of(SessionState session) {
    List<VerdictView> verdicts =
        session.alarm().verdicts().stream().map(VerdictView::of).toList();
    return new SessionView(
        session.key().agentId(),
        session.key().sessionId(),
        session.alarm().isStuck(),
        verdicts,
        session.toolCalls(),
        Instant.ofEpochMilli(session.firstMs()),
        Instant.ofEpochMilli(session.lastMs()));
  }
}
