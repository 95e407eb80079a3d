package io.conductore.query.door;

import io.conductore.query.read.PositionToken;

/** What appending a request's events can come to. */
public sealed interface AppendOutcome {
  /** Every event is on its log, acknowledged by all in-sync replicas. */
  record Appended(PositionToken position) implements AppendOutcome {}

  /** An event is larger than the log takes: none was appended. */
  record TooLarge() implements AppendOutcome {}

  /**
   * Not acknowledged. Whether anything arrived is not known; sending again with the same event ids
   * is harmless.
   */
  record Unacknowledged(String why) implements AppendOutcome {}
}
