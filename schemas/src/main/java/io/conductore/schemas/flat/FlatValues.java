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
  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private FlatValues() {}

  /** The value, or empty when the node is not of the field's kind or beyond its limits. */
  static Optional<Object> convert(FlatField field, JsonNode node) {
    return switch (field.kind()) {
      case STRING -> text(field, node);
      case INT -> whole(node, field.max()).map(Long::intValue);
      case LONG -> whole(node, field.max()).map(value -> value);
      case DURATION -> number(node).flatMap(value -> floor(value, field.max()));
      case DOUBLE -> finite(node);
      case BOOLEAN -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
      case STRINGS -> strings(node);
      case INTS -> ints(node);
      case JSON -> JsonText.of(node, FlatLimits.JSON_CHARS_MAX).map(text -> text);
      case USD -> usd(node, field.max());
      case TIME ->
        timeMs(node)
            .filter(timeMs -> timeMs >= 0 && timeMs <= FlatLimits.TIME_MS_MAX)
            .map(timeMs -> timeMs);
      case DECIMAL -> decimal(node).map(FlatValues::plain);
    };
  }

  /** Epoch milliseconds from ISO-8601 text with an offset, or from a number. */
  static Optional<Long> timeMs(JsonNode node) {
    if (!node.isTextual()) {
      return number(node)
          .filter(value -> value.compareTo(LONG_MIN) >= 0 && value.compareTo(LONG_MAX) <= 0)
          .map(BigDecimal::longValue);
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
    return number(node)
        .filter(value -> value.stripTrailingZeros().scale() <= 0)
        .filter(value -> isWithin(value, max))
        .map(BigDecimal::longValue);
  }

  /**
   * False for what would break a key or a line: control characters, line ends, half a surrogate
   * pair.
   */
  static boolean isPrintable(String text) {
    return text.codePoints().noneMatch(FlatValues::isUnprintable);
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
    return text.length() <= FlatLimits.charsMax(field) ? Optional.of(text) : Optional.empty();
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

  private static Optional<Object> usd(JsonNode node, long dollarsMax) {
    return decimal(node)
        .filter(dollars -> isWithin(dollars, dollarsMax))
        .map(dollars -> Usd.of(dollars).pico());
  }

  private static Optional<Object> floor(BigDecimal value, long max) {
    return isWithin(value, max) ? Optional.of(value.longValue()) : Optional.empty();
  }

  private static boolean isWithin(BigDecimal value, long max) {
    return value.signum() >= 0 && value.compareTo(BigDecimal.valueOf(max)) <= 0;
  }

  private static boolean isUnprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  /** One text for 1.5, 1.50 and 15e-1. */
  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  /** A number, or a string that holds one: money often travels as text. */
  private static Optional<BigDecimal> decimal(JsonNode node) {
    if (!node.isTextual()) {
      return number(node);
    }
    try {
      return node.textValue().length() <= 2 * FlatLimits.DECIMAL_DIGITS_MAX
          ? tame(new BigDecimal(node.textValue()))
          : Optional.empty();
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> number(JsonNode node) {
    boolean finite = node.isBigDecimal() || Double.isFinite(node.doubleValue());
    return node.isNumber() && finite ? tame(node.decimalValue()) : Optional.empty();
  }

  /** Hostile exponents are refused before anything writes their digits out. */
  private static Optional<BigDecimal> tame(BigDecimal value) {
    boolean tame = Math.abs((long) value.scale()) <= 2 * FlatLimits.DECIMAL_DIGITS_MAX
        && value.precision() <= FlatLimits.DECIMAL_DIGITS_MAX;
    return tame ? Optional.of(value) : Optional.empty();
  }
}
