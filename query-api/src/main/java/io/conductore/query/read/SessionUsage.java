package io.conductore.query.read;

import io.conductore.topology.activity.SessionKey;
import io.conductore.topology.activity.SessionState;
import io.conductore.topology.activity.Usage;
import java.util.List;

/** What one session used, by the agents that share its id. */
public record SessionUsage(List<UsageView> rows, UsageView total, boolean complete) {

  public static SessionUsage of(
      StoreReader.Rows<SessionKey, SessionState> found, String sessionId) {
    List<SessionState> sessions = found.rows().stream()
        .filter(row -> row.key.sessionId().equals(sessionId))
        .map(row -> row.value)
        .toList();
    Usage total = sessions.stream().map(SessionState::usage).reduce(Usage.NONE, Usage::plus);
    return new SessionUsage(
        sessions.stream()
            .map(session -> UsageView.of(
                UsageView.Of.session(session.key().agentId(), session.key().sessionId()),
                session.usage()))
            .toList(),
        UsageView.of(UsageView.Of.ALL, total),
        found.complete());
  }
}
