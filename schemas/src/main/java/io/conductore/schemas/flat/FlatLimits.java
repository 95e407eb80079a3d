package io.conductore.schemas.flat;

import io.conductore.schemas.FlatField;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** The limits of one flat event. Batches and bodies are limited where they are read. */
public final class FlatLimits {
  /** Ids end up in keys, so they are short and printable. */
  public static final int ID_CHARS_MAX = 200;

  /** Names of models, tools, categories and the like end up in keys too. */
  public static final int NAME_CHARS_MAX = ID_CHARS_MAX;

  /** The longest is repo#milestone/name. */
  public static final int STREAM_ID_CHARS_MAX = 2 * ID_CHARS_MAX + "#milestone/".length();

  public static final int STRING_CHARS_MAX = 8_192;
  public static final int ARRAY_ITEMS_MAX = 256;
  public static final int EXTRA_FIELDS_MAX = 64;
  public static final int EXTRA_CHARS_MAX = 16_384;
  public static final int JSON_CHARS_MAX = 16_384;

  /** Deep enough for any report, and half of what the doors and JSON readers of others take. */
  public static final int JSON_DEPTH_MAX = 32;

  /** Digits and exponent of a number inside a JSON value: a double has at most 324. */
  public static final int JSON_NUMBER_SCALE_MAX = 400;

  /** More digits than any amount or count of ours. */
  public static final int DECIMAL_DIGITS_MAX = 40;

  /** A caller who has this many errors to mend gets the others next time. */
  public static final int ERRORS_MAX = 32;

  /** A chain of events between agents longer than this is a loop. */
  public static final int DEPTH_MAX = 16;

  /** A producer's clock may run ahead this far; beyond it the door's clock is taken. */
  public static final Duration CLOCK_AHEAD_MAX = Duration.ofMinutes(5);

  /** Nothing that runs today wrote events before this; such a clock was never set. */
  public static final long OCCURRED_AT_MS_MIN =
      Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();

  /** The last year that ISO-8601 writes with four digits; no deadline is further away. */
  public static final long TIME_MS_MAX =
      Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  /** Who derives events; nobody outside may speak in their name. */
  public static final Set<String> SOURCES_OF_STAGES =
      Set.of("conductor-e/activity", "lifecycle", "dispatch", "escalation", "admission");

  private FlatLimits() {}

  /** The longest text that is taken, for a field whose text is not cut. */
  public static int charsMax(FlatField field) {
    return field.key() ? NAME_CHARS_MAX : STRING_CHARS_MAX;
  }
}
