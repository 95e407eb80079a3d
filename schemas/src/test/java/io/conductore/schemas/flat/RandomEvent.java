package io.conductore.schemas.flat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.EventType;
import io.conductore.schemas.FlatField;
import io.conductore.schemas.FlatSamples;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A valid flat event of any type, with any of its fields, each anywhere within its limits. */
final class RandomEvent {
  private static final List<EventType> TYPES = List.copyOf(EventCatalog.all());
  private static final List<String> IDS =
      List.of("eventId", "tenant", "pool", "source", "causationId", "sessionId");
  private static final int USD_DECIMALS_MAX = 15;

  private final Random random;

  RandomEvent(Random random) {
    this.random = random;
  }

  ObjectNode next() {
    EventType type = TYPES.get(random.nextInt(TYPES.size()));
    ObjectNode event = FlatSamples.minimal(type);
    for (FlatField field : type.fields().values()) {
      if (field.required() || random.nextBoolean()) {
        put(event, field);
      }
    }
    if (type.wireName().equals("MILESTONE_COMPLETE")) {
      event.remove(random.nextBoolean() && event.has("issueCount") ? "issueNumber" : "issueCount");
      event.put("milestone", id());
    }
    envelope(event);
    for (int extras = random.nextInt(4); extras > 0; extras--) {
      event.set("extra " + extras + text(3), value(3));
    }
    return event;
  }

  private void envelope(ObjectNode event) {
    for (String name : IDS) {
      if (random.nextBoolean()) {
        event.put(name, id());
      }
    }
    if (random.nextBoolean()) {
      event.put("agentId", "agent" + random.nextInt(9) + (random.nextBoolean() ? "/" + id() : ""));
    }
    if (random.nextBoolean()) {
      event.put("depth", random.nextInt(FlatLimits.DEPTH_MAX + 1));
    }
    if (random.nextBoolean()) {
      event.put("occurredAt", time());
    }
  }

  private void put(ObjectNode event, FlatField field) {
    String name = field.name();
    switch (field.kind()) {
      case STRING -> event.put(name, string(field));
      case INT, LONG -> event.put(name, new BigDecimal(whole(field.max())));
      case DURATION -> event.put(name, new BigDecimal(whole(field.max())).movePointLeft(2));
      case DOUBLE -> event.put(name, random.nextGaussian() * Math.pow(10, random.nextInt(300)));
      case BOOLEAN -> event.put(name, random.nextBoolean());
      case STRINGS -> {
        ArrayNode items = event.putArray(name);
        for (int n = random.nextInt(5); n > 0; n--) {
          items.add(text(20));
        }
      }
      case INTS -> {
        ArrayNode items = event.putArray(name);
        for (int n = random.nextInt(5); n > 0; n--) {
          items.add(new BigDecimal(whole(field.max())));
        }
      }
      case JSON -> event.set(name, value(5));
      case USD -> event.put(name, dollars(field.max()));
      case TIME -> event.put(name, time());
      case DECIMAL -> event.put(name, new BigDecimal(whole(1L << 40)).movePointLeft(3));
    }
  }

  private String string(FlatField field) {
    if (!field.oneOf().isEmpty()) {
      return field.oneOf().get(random.nextInt(field.oneOf().size()));
    }
    boolean tooLong = field.charsMax() > 0 && random.nextInt(8) == 0;
    return "s" + text(tooLong ? 2 * field.charsMax() : 40);
  }

  /** Small, large and the greatest are equally likely. */
  private BigInteger whole(long max) {
    return switch (random.nextInt(4)) {
      case 0 -> BigInteger.ZERO;
      case 1 -> BigInteger.valueOf(max);
      case 2 -> BigInteger.valueOf(Math.floorMod(random.nextLong(), max + 1));
      default -> BigInteger.valueOf(random.nextInt((int) Math.min(100, max)));
    };
  }

  private BigDecimal dollars(long max) {
    BigDecimal fraction = BigDecimal.valueOf(
        Math.floorMod(random.nextLong(), 1_000_000_000_000_000L),
        random.nextInt(USD_DECIMALS_MAX + 1));
    return fraction.remainder(BigDecimal.valueOf(max));
  }

  private String time() {
    long ageMs = Math.floorMod(random.nextLong(), 5L * 365 * 24 * 3_600_000);
    return Instant.ofEpochMilli(FlatText.NOW.toEpochMilli() - ageMs).toString();
  }

  private String id() {
    return "id-" + random.nextInt(1_000) + (random.nextBoolean() ? "ü\ud83d\ude00" : "");
  }

  /**
   * With quotes, escapes, control characters and pairs, but no half pair: that has no UTF-8 form.
   */
  String text(int charsMax) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(charsMax + 1); n > 0; n--) {
      switch (random.nextInt(8)) {
        case 0 -> text.append("\"\\\n\u0000\u2028<".charAt(random.nextInt(6)));
        case 1 -> text.append("\ud83d\ude00");
        case 2 -> text.append((char) (0x80 + random.nextInt(0x2000)));
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }

  private JsonNode value(int levelsMax) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    switch (random.nextInt(levelsMax > 0 ? 7 : 5)) {
      case 0:
        return json.numberNode(BigDecimal.valueOf(random.nextInt(), random.nextInt(12)));
      case 1:
        return json.textNode(text(12));
      case 2:
        return json.booleanNode(random.nextBoolean());
      case 3:
        return json.numberNode(random.nextInt());
      case 4:
        return json.textNode("");
      case 5:
        ArrayNode array = json.arrayNode();
        for (int n = random.nextInt(4); n > 0; n--) {
          array.add(value(levelsMax - 1));
        }
        return array;
      default:
        ObjectNode object = json.objectNode();
        for (int n = random.nextInt(4); n > 0; n--) {
          object.set(text(5), value(levelsMax - 1));
        }
        return object;
    }
  }
}
