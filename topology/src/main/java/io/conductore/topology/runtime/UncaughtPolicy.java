package io.conductore.topology.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, because a pause longer than the transaction timeout can kill
 * one though nothing is wrong (reliability.md, F7). Deaths in quick succession mean that something
 * is wrong: then the client stops, loudly, and nothing is lost. Thread-safe.
 */
public final class UncaughtPolicy implements StreamsUncaughtExceptionHandler {
  static final int REPLACEMENTS_MAX = 5;
  static final Duration REPLACEMENTS_WINDOW = Duration.ofMinutes(10);
  private static final Logger LOGGER = LoggerFactory.getLogger(UncaughtPolicy.class);

  private final InstantSource clock;
  private final Deque<Instant> deaths = new ArrayDeque<>();

  public UncaughtPolicy(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable error) {
    Instant now = clock.instant();
    while (!deaths.isEmpty() && deaths.peekFirst().isBefore(now.minus(REPLACEMENTS_WINDOW))) {
      deaths.removeFirst();
    }
    deaths.addLast(now);
    boolean replace = deaths.size() <= REPLACEMENTS_MAX;
    LOGGER
        .atError()
        .setCause(error)
        .addKeyValue("deaths", deaths.size())
        .addKeyValue("windowMinutes", REPLACEMENTS_WINDOW.toMinutes())
        .log(replace ? "stream thread died, replacing it" : "stream threads keep dying, stopping");
    return replace
        ? StreamThreadExceptionResponse.REPLACE_THREAD
        : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }
}
