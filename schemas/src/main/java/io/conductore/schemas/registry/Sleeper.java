package io.conductore.schemas.registry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting comes in like time does, so that tests wait without waiting. */
@FunctionalInterface
public interface Sleeper {
  Sleeper REAL = pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos());

  void sleep(Duration pause) throws InterruptedException;

  /** False if the thread was interrupted; its flag is set again, so the caller only has to stop. */
  default boolean slept(Duration pause) {
    try {
      sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
