package io.conductore.query.read;

import io.conductore.topology.activity.SessionKey;
import io.conductore.topology.activity.SessionState;
import io.conductore.topology.activity.Usage;
import io.conductore.topology.metering.Metered;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions and, for those of which any was read, their counters. */
public record MeteredSessions(
    StoreReader.Rows<SessionKey, SessionState> sessions,
    StoreReader.Rows<SessionKey, Metered> metered) {

  public boolean complete() {
    return sessions.complete() && metered.complete();
  }

  /** Each session's counters beside its calls; the newest reading first. */
  public List<TelemetryView> telemetry() {
    Map<SessionKey, Usage> usage = new HashMap<>();
    sessions.rows().forEach(row -> usage.put(row.key, row.value.usage()));
    return metered.rows().stream()
        .sorted((one, other) -> Long.compare(other.value.newestMs(), one.value.newestMs()))
        .map(row -> TelemetryView.of(row.key, row.value, usage.getOrDefault(row.key, Usage.NONE)))
        .toList();
  }

  /** The same for one session, of which several agents may share the id. */
  Optional<TelemetryView> telemetry(String sessionId, Usage usage) {
    return metered.rows().stream()
        .filter(row -> row.key.sessionId().equals(sessionId))
        .map(row -> row.value)
        .reduce(Metered::with)
        .map(all -> TelemetryView.of(null, all, usage));
  }
}
