package io.conductore.query.read;

import io.conductore.topology.activity.SessionState;
import io.conductore.topology.activity.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one session used, by the agents that share its id.
 *
 * @param telemetry what its own counters say; null where none was read
 */
public record SessionUsage(
    List<UsageView> rows, UsageView total, @Nullable TelemetryView telemetry, boolean complete) {

  public static SessionUsage of(MeteredSessions found, String sessionId) {
    List<SessionState> sessions = found.sessions().rows().stream()
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
        found.telemetry(sessionId, total).orElse(null),
        found.complete());
  }
}
