package io.conductore.schemas.registry;

import java.time.Duration;
import org.apache.avro.Schema;

/** What is known about a schema id. */
public sealed interface Resolved {
  record Known(Schema schema) implements Resolved {}

  /** Nobody who could know it does: dead-letter the record. */
  record Unknown(String why) implements Resolved {}

  /**
   * The one who could know it does not answer: wait a bounded time, then dead-letter the record.
   */
  record Unavailable(String why, Duration retryAfter) implements Resolved {}
}
