package io.conductore.schemas.registry;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The pause that a server asks for: seconds or an HTTP date, bounded; zero if it asks for none. */
final class RetryAfter {
  static final Duration PAUSE_MAX = Duration.ofMinutes(5);
  private static final int SECONDS_DIGITS_MAX = 9;

  private RetryAfter() {}

  static Duration of(HttpHeaders headers, Instant now) {
    Duration asked =
        headers.firstValue("Retry-After").map(v -> parse(v.strip(), now)).orElse(Duration.ZERO);
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(PAUSE_MAX) < 0 ? asked : PAUSE_MAX;
  }

  private static Duration parse(String value, Instant now) {
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits) {
      return value.length() > SECONDS_DIGITS_MAX
          ? PAUSE_MAX
          : Duration.ofSeconds(Integer.parseInt(value));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Duration.between(now, date.toInstant());
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}
