package io.conductore.query.http;

import io.conductore.schemas.flat.FlatLimits;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Query parameters with bounds; a wrong one is a problem that names it. */
public final class Params {
  /** No id of anything is longer. */
  private static final int TEXT_CHARS_MAX = FlatLimits.STREAM_ID_CHARS_MAX;

  private static final int WAIT_SECONDS_MAX = 60;
  private static final Pattern WAIT = Pattern.compile("(\\d{1,3})s?");

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

  /** How long the caller waits when there is nothing: seconds, such as 30s; zero when absent. */
  public static Duration wait(Context ctx) {
    String value = ctx.queryParam("wait");
    if (value == null || value.isEmpty()) {
      return Duration.ZERO;
    }
    Matcher matcher = WAIT.matcher(value);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > WAIT_SECONDS_MAX) {
      String detail = "wait is a number of seconds up to " + WAIT_SECONDS_MAX + ", such as 30s.";
      throw new ProblemException(Problem.invalidParameter("wait", detail));
    }
    return Duration.ofSeconds(Integer.parseInt(matcher.group(1)));
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
