package io.conductore.query.http;

import io.conductore.schemas.flat.FlatLimits;
import io.javalin.http.Context;
import java.util.Optional;

/** Query parameters with bounds; a wrong one is a problem that names it. */
public final class Params {
  /** No id of anything is longer. */
  private static final int TEXT_CHARS_MAX = FlatLimits.STREAM_ID_CHARS_MAX;

  private Params() {}

  public static Optional<String> text(Context ctx, String name) {
    String value = ctx.queryParam(name);
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    check(name, value);
    return Optional.of(value);
  }

  public static String required(Context ctx, String name) {
    return text(ctx, name)
        .orElseThrow(
            () -> new ProblemException(Problem.invalidParameter(name, name + " is required.")));
  }

  public static String path(Context ctx, String name) {
    String value = ctx.pathParam(name);
    check(name, value);
    return value;
  }

  /** A whole number within bounds, or the default when it is absent. */
  public static long whole(Context ctx, String name, long min, long max, long byDefault) {
    String value = ctx.queryParam(name);
    if (value == null || value.isEmpty()) {
      return byDefault;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw wrong(name, min, max);
    }
    throw wrong(name, min, max);
  }

  private static void check(String name, String value) {
    if (value.length() > TEXT_CHARS_MAX || value.chars().anyMatch(Character::isISOControl)) {
      String detail =
          name + " has at most " + TEXT_CHARS_MAX + " characters, none of them control characters.";
      throw new ProblemException(Problem.invalidParameter(name, detail));
    }
  }

  private static ProblemException wrong(String name, long min, long max) {
    String detail = name + " must be a whole number from " + min + " to " + max + ".";
    return new ProblemException(Problem.invalidParameter(name, detail));
  }
}
