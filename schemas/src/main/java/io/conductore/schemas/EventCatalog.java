package io.conductore.schemas;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Every event type, read from the two envelope schemas: a type exists when its record is in a
 * union.
 */
public final class EventCatalog {
  private static final Map<String, EventType> BY_WIRE_NAME = byWireName();
  private static final Map<String, EventType> BY_READ_NAME = byReadName();

  private EventCatalog() {}

  /** The type with this exact UPPER_SNAKE name. */
  public static Optional<EventType> byWireName(String wireName) {
    return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
  }

  /** The type that somebody meant who wrote heartbeat, Heartbeat or HEART-BEAT. */
  public static Optional<EventType> meant(String name) {
    String letters = letters(name);
    return BY_WIRE_NAME.values().stream()
        .filter(type -> letters(type.wireName()).equals(letters))
        .findFirst();
  }

  /** The type of a payload record, which is always in the catalogue. */
  public static EventType ofPayload(Schema payload) {
    EventType type = BY_READ_NAME.get(payload.getName());
    if (type == null) {
      throw new IllegalArgumentException("not an event payload: " + payload.getFullName());
    }
    return type;
  }

  /** All types, activity first, each log in the order of its union. */
  public static Collection<EventType> all() {
    return BY_WIRE_NAME.values();
  }

  /** IssueApproved becomes ISSUE_APPROVED. */
  static String wireName(String readName) {
    return readName.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  private static String letters(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
  }

  private static Map<String, EventType> byWireName() {
    Map<String, EventType> types = new LinkedHashMap<>();
    for (Log log : Log.values()) {
      for (Schema payload : log.schema().getField("payload").schema().getTypes()) {
        EventType type = type(log, payload);
        types.put(type.wireName(), type);
      }
    }
    return Collections.unmodifiableMap(types);
  }

  private static Map<String, EventType> byReadName() {
    Map<String, EventType> types = new LinkedHashMap<>();
    BY_WIRE_NAME.values().forEach(type -> types.put(type.readName(), type));
    return types;
  }

  private static EventType type(Log log, Schema payload) {
    Map<String, FlatField> fields = new LinkedHashMap<>();
    for (Schema.Field field : payload.getFields()) {
      FlatField flat = FlatField.of(field);
      fields.put(flat.lowerName(), flat);
    }
    return new EventType(
        wireName(payload.getName()),
        payload.getName(),
        log,
        payload,
        payloadClass(payload),
        Collections.unmodifiableMap(fields));
  }

  /**
   * The compiled schema names it. Avro itself loads no class any more that a JVM-wide setting does
   * not trust.
   */
  private static Class<? extends SpecificRecord> payloadClass(Schema payload) {
    try {
      return Class.forName(payload.getFullName()).asSubclass(SpecificRecord.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(payload.getFullName() + " is not compiled in", e);
    }
  }
}
