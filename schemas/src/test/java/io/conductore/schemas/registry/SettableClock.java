package io.conductore.schemas.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Time that passes only when somebody sleeps or says so; it remembers every pause. */
final class SettableClock implements InstantSource, Sleeper {
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void sleep(Duration pause) {
    pauses.add(pause);
    advance(pause);
  }

  void advance(Duration by) {
    now = now.plus(by);
  }
}
