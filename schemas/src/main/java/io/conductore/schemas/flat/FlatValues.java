package io.conductore.schemas.flat;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.schemas.FlatField;
import io.conductore.schemas.Usd;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Converts one JSON value to the Avro value of a field, or says that its kind is wrong. */
final class FlatValues {
  private static final BigDecimal COST_MAX = BigDecimal.valueOf(FlatLimits.COST_USD_MAX);
  private static final int DECIMAL_CHARS_MAX = 40;
  private static final int EXPONENT_MAX = 40;

  private FlatValues() {}

  /** The value, or empty when the node is not of the field's kind or beyond its limits. */
  static Optional<Object> convert(FlatField field, JsonNode node) {
    return switch (field.kind()) {
      case STRING -> text(field, node);
      case INT -> whole(node, field.max()).map(Long::intValue);
      case LONG -> whole(node, field.max()).map(value -> value);
      case DOUBLE -> finite(node);
      case BOOLEAN -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
      case STRINGS -> strings(node);
      case INTS -> ints(node);
      case JSON -> json(node);
      case USD -> usd(node);
      case TIME -> timeMs(node).map(value -> value);
      case DECIMAL -> decimal(node).map(BigDecimal::toPlainString);
    };
  }

  /** Epoch milliseconds from ISO-8601 text with an offset, or from a number. */
  static Optional<Long> timeMs(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Optional.of(node.longValue());
    }
    if (!node.isTextual()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(node.textValue()))
              .toEpochMilli());
    } catch (DateTimeException | ArithmeticException notATime) {
      return Optional.empty();
    }
  }

  /** A whole number from 0 to max; 12.0 counts as whole, since OTLP and JavaScript write it so. */
  static Optional<Long> whole(JsonNode node, long max) {
    Optional<BigDecimal> number = decimal(node);
    if (number.isEmpty() || node.isTextual()) {
      return Optional.empty();
    }
    BigDecimal value = number.get().stripTrailingZeros();
    boolean fits =
        value.scale() <= 0 && value.signum() >= 0 && value.compareTo(BigDecimal.valueOf(max)) <= 0;
    return fits ? Optional.of(value.longValue()) : Optional.empty();
  }

  /** Cut without splitting a surrogate pair. */
  static String cut(String text, int charsMax) {
    if (text.length() <= charsMax) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(charsMax - 1)) ? charsMax - 1 : charsMax;
    return text.substring(0, end);
  }

  private static Optional<Object> text(FlatField field, JsonNode node) {
    if (!node.isTextual()) {
      return Optional.empty();
    }
    String text = node.textValue();
    if (!field.oneOf().isEmpty() && !field.oneOf().contains(text)) {
      return Optional.empty();
    }
    if (field.charsMax() > 0) {
      return Optional.of(cut(text, field.charsMax()));
    }
    return text.length() <= FlatLimits.STRING_CHARS_MAX ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Object> finite(JsonNode node) {
    return node.isNumber() && Double.isFinite(node.doubleValue())
        ? Optional.of(node.doubleValue())
        : Optional.empty();
  }

  private static Optional<Object> strings(JsonNode node) {
    if (!node.isArray() || node.size() > FlatLimits.ARRAY_ITEMS_MAX) {
      return Optional.empty();
    }
    List<String> items = new ArrayList<>();
    for (JsonNode item : node) {
      if (!item.isTextual() || item.textValue().length() > FlatLimits.STRING_CHARS_MAX) {
        return Optional.empty();
      }
      items.add(item.textValue());
    }
    return Optional.of(items);
  }

  private static Optional<Object> ints(JsonNode node) {
    if (!node.isArray() || node.size() > FlatLimits.ARRAY_ITEMS_MAX) {
      return Optional.empty();
    }
    List<Integer> items = new ArrayList<>();
    for (JsonNode item : node) {
      Optional<Long> number = whole(item, Integer.MAX_VALUE);
      if (number.isEmpty()) {
        return Optional.empty();
      }
      items.add(number.get().intValue());
    }
    return Optional.of(items);
  }

  private static Optional<Object> json(JsonNode node) {
    String text = node.toString();
    return text.length() <= FlatLimits.JSON_CHARS_MAX ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Object> usd(JsonNode node) {
    return decimal(node)
        .filter(dollars -> dollars.signum() >= 0 && dollars.compareTo(COST_MAX) <= 0)
        .map(dollars -> Usd.of(dollars).pico());
  }

  /** A number, or a string that holds one: money often travels as text. Hostile exponents are refused. */
  private static Optional<BigDecimal> decimal(JsonNode node) {
    if (!node.isNumber() && !node.isTextual()) {
      return Optional.empty();
    }
    if (node.isTextual() && node.textValue().length() > DECIMAL_CHARS_MAX) {
      return Optional.empty();
    }
    try {
      BigDecimal value =
          node.isTextual() ? new BigDecimal(node.textValue()) : node.decimalValue();
      boolean tame = Math.abs((long) value.scale()) <= EXPONENT_MAX + DECIMAL_CHARS_MAX;
      return tame ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}
