package io.conductore.query.read;

import java.time.Duration;

/** What a read can come to. Every case says what the caller should do next. */
public sealed interface ReadOutcome<T> {
  /** 200. */
  record Found<T>(T value, PositionToken position) implements ReadOutcome<T> {}

  /** 404, at this position. */
  record Absent<T>(PositionToken position) implements ReadOutcome<T> {}

  /** 503 with Retry-After: the stores have not come as far as the caller's token. */
  record Behind<T>(Duration retryAfter) implements ReadOutcome<T> {}

  /** 503 with Retry-After: the store does not answer, for example while it is restored. */
  record Unavailable<T>(String why, Duration retryAfter) implements ReadOutcome<T> {}
}
