package io.conductore.topology.runtime;

/** Where the Streams application is in its life. Alive is every phase but the last two. */
public sealed interface StreamsPhase {
  /** Threads start or partitions move; some may answer already. */
  record Rebalancing() implements StreamsPhase {}

  /** Stores are read back from their changelogs. */
  record Restoring(long recordsRemaining) implements StreamsPhase {}

  /** Every assigned partition answers. */
  record Running() implements StreamsPhase {}

  /** Closing in order, or closed. */
  record Stopped() implements StreamsPhase {}

  /** It will not come back by itself: restart the process and read the log. */
  record Failed(String why) implements StreamsPhase {}

  /** Liveness: false means that a restart is needed. */
  default boolean isAlive() {
    return switch (this) {
      case Rebalancing r -> true;
      case Restoring r -> true;
      case Running r -> true;
      case Stopped s -> false;
      case Failed f -> false;
    };
  }
}
