package io.conductore.schemas.flat;

import io.conductore.schemas.LogEvent;
import java.util.List;

/** What reading one flat event can come to. */
public sealed interface FlatOutcome {

  /**
   * Append it to its log.
   *
   * @param clamped the producer's clock could not be right, so the door's stands in its place
   */
  record Accepted(LogEvent event, boolean clamped) implements FlatOutcome {}

  /** Answer 400 with every error, or dead-letter the bytes; never append part of it. */
  record Refused(List<FieldError> errors) implements FlatOutcome {
    public Refused {
      errors = List.copyOf(errors);
    }
  }
}
