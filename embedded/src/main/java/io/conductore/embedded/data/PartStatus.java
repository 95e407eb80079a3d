package io.conductore.embedded.data;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * One part of the running whole, as the running process sees it.
 *
 * @param address where it answers, empty if nowhere
 * @param pid its process, where it has one of its own
 * @param note what there is to say about the state, often nothing
 */
public record PartStatus(
    String part, State state, String address, Instant since, OptionalLong pid, String note) {

  /** Down means that it ended or failed and may come back. */
  public enum State {
    STARTING,
    UP,
    DOWN
  }
}
