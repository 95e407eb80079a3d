package io.conductore.query;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until it is told to go on. */
public final class SetClock implements InstantSource {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));

  @Override
  public Instant instant() {
    return now.get();
  }

  public void goOn(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }
}
