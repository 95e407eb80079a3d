package io.conductore.bench.http;

/** A clock that moves only when it is told to, or when somebody sleeps. */
final class StoppableClock implements NanoClock {
  private long now;

  void advanceMillis(long millis) {
    now += millis * 1_000_000;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void sleepUntil(long due) {
    now = Math.max(now, due);
  }
}
