package io.conductore.topology.activity;

import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.topology.head.EventIdKey;
import org.apache.avro.specific.SpecificRecord;

/** Makes the events that this stage derives. */
final class Derived {
  private Derived() {}

  /**
   * An event caused by another: one deeper, on the same session and issue.
   *
   * @param idText names what happened, so that a second look at it is the same event
   */
  static AgentActivity follows(AgentActivity cause, SpecificRecord payload, String idText) {
    return named(cause, payload, EventIdKey.derived(idText));
  }

  /** The same with an id that is made already. */
  static AgentActivity named(AgentActivity cause, SpecificRecord payload, String eventId) {
    AgentActivity event = envelope(cause.getStreamId(), eventId, cause.getOccurredAtMs(), payload);
    event.setRecordedAtMs(cause.getRecordedAtMs());
    event.setCausationId(cause.getEventId());
    event.setDepth(cause.getDepth() + 1);
    event.setTenant(cause.getTenant());
    event.setPool(cause.getPool());
    event.setSessionId(cause.getSessionId());
    event.setRepo(cause.getRepo());
    event.setIssueNumber(cause.getIssueNumber());
    return event;
  }

  static AgentActivity envelope(String agentId, String eventId, long atMs, SpecificRecord payload) {
    AgentActivity event = new AgentActivity();
    event.setEventId(eventId);
    event.setType(EventCatalog.ofPayload(payload.getSchema()).wireName());
    event.setStreamId(agentId);
    event.setOccurredAtMs(atMs);
    event.setRecordedAtMs(atMs);
    event.setSource(AgentState.DERIVED_SOURCE);
    event.setPayload(payload);
    return event;
  }
}
