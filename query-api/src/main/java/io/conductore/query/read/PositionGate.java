package io.conductore.query.read;

import io.conductore.topology.head.Progress;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Holds a request until the stores have folded what its token names, so that it sees its own write
 * or is told to come again, never an older answer. Waits on a virtual thread, bounded.
 */
public final class PositionGate {
  /**
   * Longer than a commit interval: what another stage appended is visible after its transaction.
   */
  public static final Duration WAIT_MAX = Duration.ofSeconds(2);

  private static final Duration LOOK_EVERY = Duration.ofMillis(1);

  private final Progress progress;

  public PositionGate(Progress progress) {
    this.progress = progress;
  }

  /** True once every place of the token that concerns the read is folded; false when time is up. */
  public boolean await(
      PositionToken token, Predicate<PositionToken.Place> concerned, Duration atMost) {
    long deadlineNs = System.nanoTime() + atMost.toNanos();
    while (!reached(token, concerned)) {
      if (System.nanoTime() - deadlineNs >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    return true;
  }

  private boolean reached(PositionToken token, Predicate<PositionToken.Place> concerned) {
    return token.nextOffsets().entrySet().stream()
        .filter(entry -> concerned.test(entry.getKey()))
        .allMatch(entry -> isAt(entry.getKey(), entry.getValue()));
  }

  private boolean isAt(PositionToken.Place place, long nextOffset) {
    OptionalLong here = progress.position(place.feed().topic(), place.partition());
    return here.isPresent() && here.getAsLong() >= nextOffset;
  }
}
