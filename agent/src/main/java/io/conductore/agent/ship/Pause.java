package io.conductore.agent.ship;

import java.time.Duration;

/** Waits; a test only notes how long. */
@FunctionalInterface
public interface Pause {
  Pause SLEEP = Thread::sleep;

  void sleep(Duration duration) throws InterruptedException;
}
