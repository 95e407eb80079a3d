package io.conductore.query.read;

import io.conductore.topology.head.Progress;
import java.time.Duration;
import java.util.Map;
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

  private final Progress progress;

  public PositionGate(Progress progress) {
    this.progress = progress;
  }

  /** True once every place of the token that concerns the read is folded; false when time is up. */
  public boolean await(
      PositionToken token, Predicate<PositionToken.Place> concerned, Duration atMost) {
    long deadlineNs = System.nanoTime() + atMost.toNanos();
    for (Map.Entry<PositionToken.Place, Long> entry : token.nextOffsets().entrySet()) {
      Duration left = Duration.ofNanos(deadlineNs - System.nanoTime());
      if (concerned.test(entry.getKey()) && !await(entry.getKey(), entry.getValue(), left)) {
        return false;
      }
    }
    return true;
  }

  private boolean await(PositionToken.Place place, long nextOffset, Duration atMost) {
    return progress.await(place.feed().topic(), place.partition(), nextOffset, atMost);
  }
}
