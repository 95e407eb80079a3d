package io.conductore.topology.otlp;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The attributes of a signal. Exporters write one number as an integer, a double or a string, so a
 * value is read as what it is needed for. Values are String, Long, Double or Boolean; arrays, maps
 * and bytes are left out, for nothing here reads them.
 */
public record Attributes(Map<String, Object> values) {
  /** Above this a double no longer stands for one whole number. */
  private static final double WHOLE_MAX = 9_007_199_254_740_992d;

  private static final int NUMBER_CHARS_MAX = 40;

  public Attributes {
    values = Map.copyOf(values);
  }

  public Optional<String> text(String name) {
    Object value = values.get(name);
    return value == null || value.toString().isBlank()
        ? Optional.empty()
        : Optional.of(value.toString());
  }

  /** A whole number from 0; empty for anything else. */
  public OptionalLong whole(String name) {
    Object value = values.get(name);
    return switch (value) {
      case Long number when number >= 0 -> OptionalLong.of(number);
      case Double number
      when number >= 0 && number <= WHOLE_MAX && number == Math.rint(number) ->
        OptionalLong.of(number.longValue());
      case String text -> whole(decimalOf(text));
      case null, default -> OptionalLong.empty();
    };
  }

  /** A number that is not negative, with the digits that were sent. */
  public Optional<BigDecimal> decimal(String name) {
    Object value = values.get(name);
    Optional<BigDecimal> number = switch (value) {
      case Long whole -> Optional.of(BigDecimal.valueOf(whole));
      case Double real when Double.isFinite(real) -> Optional.of(BigDecimal.valueOf(real));
      case String text -> decimalOf(text);
      case null, default -> Optional.empty();
    };
    return number.filter(known -> known.signum() >= 0);
  }

  /** All of it as one text, the same in any order and for a number in any form. */
  String canonical() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(values).forEach((name, value) -> {
      String number = value instanceof Double real && real == Math.rint(real) && !real.isInfinite()
          ? Long.toString(real.longValue())
          : value.toString();
      text.append(name).append('\u001f').append(number).append('\u001e');
    });
    return text.toString();
  }

  /** True for the boolean and for the word. */
  public boolean isTrue(String name) {
    Object value = values.get(name);
    return value != null && value.toString().equals("true");
  }

  private static OptionalLong whole(Optional<BigDecimal> number) {
    try {
      return number.isPresent() && number.get().signum() >= 0
          ? OptionalLong.of(number.get().longValueExact())
          : OptionalLong.empty();
    } catch (ArithmeticException notWhole) {
      return OptionalLong.empty();
    }
  }

  private static Optional<BigDecimal> decimalOf(String text) {
    if (text.length() > NUMBER_CHARS_MAX) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text.trim()));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }
}
