package io.conductore.topology.otlp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.evidence.EventIds;
import java.time.Instant;
import java.util.Optional;

/** Begins the flat events that an item of telemetry stands for. */
record EventForm(TelemetryNames names) {
  private static final String SOURCE = "otlp";

  /**
   * An event with its envelope, or empty when nothing names the agent.
   *
   * @param scope what makes the name unique: the session or the trace
   */
  Optional<ObjectNode> begin(String type, Signal item, String scope, String name, long atMs) {
    return TelemetryNames.of(names.agent(), item).map(agent -> {
      ObjectNode event = JsonNodeFactory.instance
          .objectNode()
          .put("type", type)
          .put("eventId", EventIds.of(type, scope, name).toString())
          .put("source", SOURCE)
          .put("agentId", agent)
          .put("sessionId", scope);
      if (atMs > 0) {
        event.put("occurredAt", Instant.ofEpochMilli(atMs).toString());
      }
      TelemetryNames.of(names.repo(), item).ifPresent(repo -> event.put("repo", repo));
      TelemetryNames.of(names.pool(), item).ifPresent(pool -> event.put("pool", pool));
      TelemetryNames.of(names.tenant(), item).ifPresent(tenant -> event.put("tenant", tenant));
      TelemetryNames.of(names.issue(), item)
          .flatMap(EventForm::issue)
          .ifPresent(issue -> event.put("issueNumber", issue));
      return event;
    });
  }

  /** People write 42 and #42; anything else is no issue, and no reason to lose the event. */
  private static Optional<Integer> issue(String text) {
    try {
      int number = Integer.parseInt(text.startsWith("#") ? text.substring(1) : text);
      return number > 0 ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }
}
