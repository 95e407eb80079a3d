package io.conductore.schemas.flat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.EventType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Any JSON value, with a liking for events that are nearly right and for numbers that hurt. */
final class RandomJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<EventType> TYPES = List.copyOf(EventCatalog.all());
  private static final int DEPTH_MAX = 6;
  private static final List<String> ENVELOPE = List.of(
      "type",
      "eventId",
      "occurredAt",
      "timestamp",
      "tenant",
      "pool",
      "source",
      "causationId",
      "depth",
      "agentId",
      "repo",
      "issueNumber",
      "sessionId",
      "streamId",
      "ordinal",
      "recordedAt");
  private static final List<String> NUMBERS = List.of(
      "0",
      "-0.0",
      "1",
      "-1",
      "2147483648",
      "9223372036854775807",
      "9223372036854775808",
      "1e400",
      "1e-400",
      "1e999999999",
      "-1e-999999999",
      "0.08700000000000001",
      "1795435198000",
      "12.0");
  private static final List<String> TEXTS = List.of(
      "",
      " ",
      "ok",
      "hour",
      "NaN",
      "1e999999999",
      "0.087",
      "2026-11-23T11:00:00Z",
      "dev-e/1",
      "/x",
      "a#1",
      "\u0000",
      "\ud800",
      "\udc00x",
      "+1000000000-01-01T00:00:00Z",
      "2026-11-23T11:00:00");

  private final Random random;
  private final RandomEvent events;

  RandomJson(Random random) {
    this.random = random;
    this.events = new RandomEvent(random);
  }

  JsonNode next() {
    return switch (random.nextInt(10)) {
      case 0 -> value(DEPTH_MAX);
      case 1 -> nested(random.nextInt(3_000));
      case 2, 3, 4 -> damaged(events.next());
      case 5 -> shouted(events.next());
      default -> nearly();
    };
  }

  /** Fields of a type with values of any kind. */
  private ObjectNode nearly() {
    EventType type = TYPES.get(random.nextInt(TYPES.size()));
    List<String> names = new ArrayList<>(ENVELOPE);
    type.fields().values().forEach(field -> names.add(field.name()));
    ObjectNode event = JSON.objectNode().put("type", type.wireName()).put("agentId", "a");
    event.put("repo", "a/b").put("issueNumber", 1);
    for (int n = random.nextInt(6); n > 0; n--) {
      event.set(anyCase(names.get(random.nextInt(names.size()))), value(DEPTH_MAX));
    }
    return event;
  }

  private ObjectNode damaged(ObjectNode event) {
    List<String> names = new ArrayList<>();
    event.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(4)) {
      case 0 -> event.remove(name);
      case 1 -> event.set(anyCase(name), value(DEPTH_MAX));
      case 2 -> event.set(events.text(300), value(DEPTH_MAX));
      default -> event.set(name, value(DEPTH_MAX));
    }
    return event;
  }

  private ObjectNode shouted(ObjectNode event) {
    ObjectNode shouted = JSON.objectNode();
    event.properties().forEach(field -> shouted.set(anyCase(field.getKey()), field.getValue()));
    return shouted;
  }

  private JsonNode nested(int levels) {
    ObjectNode event = JSON.objectNode().put("type", "HEARTBEAT").put("agentId", "a");
    ArrayNode inner = event.putArray(random.nextBoolean() ? "providers" : "unknown");
    for (int i = 0; i < levels; i++) {
      inner = inner.addArray();
    }
    return event;
  }

  private JsonNode value(int levelsMax) {
    return switch (random.nextInt(levelsMax > 0 ? 9 : 7)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size()))));
      case 3 -> JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
      case 4 -> JSON.numberNode(Double.longBitsToDouble(random.nextLong()));
      case 5 -> JSON.textNode(events.text(random.nextInt(20) == 0 ? 9_000 : 30));
      case 6 -> JSON.numberNode(new BigInteger(random.nextInt(200), random));
      case 7 -> array(levelsMax - 1);
      default -> object(levelsMax - 1);
    };
  }

  private ArrayNode array(int levelsMax) {
    ArrayNode array = JSON.arrayNode();
    for (int n = random.nextInt(random.nextInt(40) == 0 ? 400 : 4); n > 0; n--) {
      array.add(value(levelsMax));
    }
    return array;
  }

  private ObjectNode object(int levelsMax) {
    ObjectNode object = JSON.objectNode();
    for (int n = random.nextInt(random.nextInt(40) == 0 ? 100 : 4); n > 0; n--) {
      object.set(events.text(8), value(levelsMax));
    }
    return object;
  }

  private String anyCase(String name) {
    return switch (random.nextInt(3)) {
      case 0 -> name.toUpperCase(Locale.ROOT);
      case 1 -> name.toLowerCase(Locale.ROOT);
      default -> name;
    };
  }
}
