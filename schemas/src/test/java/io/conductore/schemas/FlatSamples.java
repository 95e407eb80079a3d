package io.conductore.schemas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/**
 * Flat events of every type, made from the catalogue, so that a new type is covered when it is
 * added.
 */
public final class FlatSamples {
  private FlatSamples() {}

  /** What a type cannot do without. */
  public static ObjectNode minimal(EventType type) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", type.wireName());
    if (type.log() == Log.ACTIVITY) {
      event.put("agentId", "dev-e-1");
    } else {
      event.put("repo", "acme/app").put("issueNumber", 547);
    }
    if (type.wireName().equals("MILESTONE_COMPLETE")) {
      event.put("milestone", "v1.0");
    }
    type.fields().values().stream().filter(FlatField::required).forEach(field -> put(event, field));
    return event;
  }

  /** Every field that the type and the envelope have, and one that nobody knows. */
  public static ObjectNode full(EventType type) {
    ObjectNode event = JsonNodeFactory.instance
        .objectNode()
        .put("type", type.wireName())
        .put("eventId", "event-of-" + type.readName())
        .put("occurredAt", "2026-11-23T11:59:58.765Z")
        .put("tenant", "acme")
        .put("pool", "default")
        .put("source", "golden")
        .put("causationId", "event-before")
        .put("depth", 2)
        .put("agentId", "dev-e-node/abc12")
        .put("repo", "acme/app")
        .put("issueNumber", 547)
        .put("sessionId", "session-1");
    type.fields().values().forEach(field -> put(event, field));
    if (type.wireName().equals("MILESTONE_COMPLETE")) {
      event.remove("issueNumber");
    }
    event.putObject("aFieldOfTomorrow").put("number", new BigDecimal("1.50")).put("text", "héllo");
    return event;
  }

  private static void put(ObjectNode event, FlatField field) {
    String name = field.name();
    switch (field.kind()) {
      case STRING ->
        event.put(name, field.oneOf().isEmpty() ? "a " + name : field.oneOf().get(0));
      case INT, LONG, DURATION -> event.put(name, 7 + field.position());
      case DOUBLE -> event.put(name, 12.5);
      case BOOLEAN -> event.put(name, true);
      case STRINGS -> event.putArray(name).add("one").add("two");
      case INTS -> event.putArray(name).add(11).add(12);
      case JSON -> event.putArray(name).addObject().put("name", "claude").put("active", true);
      case USD -> event.put(name, new BigDecimal("0.0870"));
      case TIME -> event.put(name, "2026-11-23T12:30:00Z");
      case DECIMAL -> event.put(name, new BigDecimal("1234.5"));
    }
  }
}
