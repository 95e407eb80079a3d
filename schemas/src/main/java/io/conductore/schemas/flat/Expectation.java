package io.conductore.schemas.flat;

import io.conductore.schemas.FlatField;

/** What a flat field takes, in words: in the answer to a wrong value and in the reference page. */
public final class Expectation {
  private Expectation() {}

  /** Completes "status must be" and "dependsOn must be". */
  public static String of(FlatField field) {
    if (!field.oneOf().isEmpty()) {
      return "one of " + String.join(", ", field.oneOf());
    }
    return switch (field.kind()) {
      case STRING ->
        field.charsMax() > 0
            ? "a string; after " + field.charsMax() + " characters it is cut"
            : "a string of at most " + FlatLimits.charsMax(field) + " characters";
      case INT, LONG -> "a whole number from 0 to " + field.max();
      case DURATION -> "a number from 0 to " + field.max() + "; a fraction is dropped";
      case DOUBLE -> "a number";
      case BOOLEAN -> "true or false";
      case STRINGS ->
        "an array of at most %d strings of at most %d characters"
            .formatted(FlatLimits.ARRAY_ITEMS_MAX, FlatLimits.STRING_CHARS_MAX);
      case INTS ->
        "an array of at most %d whole numbers from 0 to %d"
            .formatted(FlatLimits.ARRAY_ITEMS_MAX, field.max());
      case JSON ->
        "any JSON value of at most %d characters and %d levels"
            .formatted(FlatLimits.JSON_CHARS_MAX, FlatLimits.JSON_DEPTH_MAX);
      case USD -> "a decimal number of dollars from 0 to " + field.max();
      case TIME -> time();
      case DECIMAL -> "a decimal number of at most " + FlatLimits.DECIMAL_DIGITS_MAX + " digits";
    };
  }

  static String time() {
    return "an ISO-8601 time with its offset, such as 2026-11-23T12:00:00Z, or epoch milliseconds";
  }
}
