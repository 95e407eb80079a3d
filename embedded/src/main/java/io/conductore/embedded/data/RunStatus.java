package io.conductore.embedded.data;

import java.time.Instant;
import java.util.List;

/**
 * What a running process says about itself: its id, when it started, its parts in starting order.
 */
public record RunStatus(long pid, Instant since, List<PartStatus> parts) {

  public RunStatus {
    parts = List.copyOf(parts);
  }
}
