package io.conductore.bench.run;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param foldEvents events in the log that every fold reads
 * @param warmUpEvents events of the pass before the rounds that nobody counts
 * @param rounds how often everything is measured, in alternation
 * @param postgresMax the longest one PostgreSQL load runs
 * @param httpLength how long each HTTP load runs
 * @param warmUp how long a server is loaded before it is measured: on two cores the compiler needs
 *     most of one for half a minute, and a server that was asked sooner is measured beside it
 * @param upEvents events that the whole process takes in before its memory is read
 */
public record Plan(
    String name,
    int foldEvents,
    int warmUpEvents,
    int rounds,
    Duration postgresMax,
    Duration httpLength,
    Duration warmUp,
    int upEvents) {
  /** The event mix; printed in the report, so that anybody gets the same bytes. */
  public static final long SEED = 20_261_123;

  public static Plan full() {
    return new Plan(
        "full",
        400_000,
        250_000,
        3,
        Duration.ofSeconds(8),
        Duration.ofSeconds(5),
        Duration.ofSeconds(45),
        200_000);
  }

  public static Plan quick() {
    return new Plan(
        "quick",
        60_000,
        20_000,
        1,
        Duration.ofSeconds(5),
        Duration.ofSeconds(3),
        Duration.ofSeconds(15),
        60_000);
  }

  /**
   * Enough for the longest PostgreSQL load; a log of its own length, because its pace is its own.
   */
  public int postgresEvents() {
    return Math.toIntExact(postgresMax.toSeconds() * 15_000);
  }
}
