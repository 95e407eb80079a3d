package io.conductore.agent.ship;

import java.util.List;

/** What became of a batch. Each case says what the caller should do next. */
public sealed interface PostOutcome {

  /**
   * The API has answered for every event: go on with the next batch.
   *
   * @param events how many it took; some of them it may have had already
   * @param refused the ones it named as wrong; sending them again cannot help
   */
  record Delivered(int events, List<RefusedEvent> refused) implements PostOutcome {}

  /** The API refused the batch as a whole: another batch may pass, this one will not. */
  record Refused(int status, String detail) implements PostOutcome {}

  /**
   * Nobody answered, or only with "later", until the patience ran out: stop, and try again another
   * time.
   */
  record Unreachable(String detail) implements PostOutcome {}

  /**
   * One event that was dropped from its batch.
   *
   * @param index its position in the batch, from 0
   * @param field the field that is wrong; empty when the event as a whole is
   */
  record RefusedEvent(int index, String field, String detail) {}
}
