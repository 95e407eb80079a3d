package io.conductore.agent.importing;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Shows how far an import is: one line that redraws itself on a terminal, a line now and then
 * elsewhere.
 */
public final class ImportProgress {
  private static final Duration REDRAW_EVERY = Duration.ofMillis(100);
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);
  private static final int BAR_CHARS = 24;
  private static final double MEBIBYTE = 1 << 20;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final InstantSource clock;
  private Instant begun;
  private Instant shown;
  private long bytesTotal;

  /** @param terminal whether the line may redraw itself */
  public ImportProgress(PrintWriter out, boolean terminal, InstantSource clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    this.begun = clock.instant();
    this.shown = begun;
  }

  void started(int files, long bytes) {
    bytesTotal = bytes;
    begun = clock.instant();
    shown = begun;
    if (!terminal) {
      out.println("importing %d files, %s".formatted(files, size(bytes)));
      out.flush();
    }
  }

  void advanced(long bytes, long events) {
    Instant now = clock.instant();
    Duration every = terminal ? REDRAW_EVERY : LINE_EVERY;
    if (Duration.between(shown, now).compareTo(every) < 0) {
      return;
    }
    shown = now;
    String line = line(Math.min(bytes, bytesTotal), events, Duration.between(begun, now));
    if (terminal) {
      out.print(CLEAR_LINE + line);
    } else {
      out.println(line);
    }
    out.flush();
  }

  void ended(long events) {
    if (terminal) {
      out.print(CLEAR_LINE);
    }
    Duration took = Duration.between(begun, clock.instant());
    out.println("read %,d events in %s".formatted(events, clockTime(took)));
    out.flush();
  }

  private String line(long bytes, long events, Duration took) {
    double part = bytesTotal == 0 ? 1 : (double) bytes / bytesTotal;
    double seconds = Math.max(took.toMillis(), 1) / 1_000.0;
    double bytesPerSecond = bytes / seconds;
    Duration left = bytesPerSecond < 1
        ? Duration.ZERO
        : Duration.ofSeconds(Math.round((bytesTotal - bytes) / bytesPerSecond));
    int full = (int) Math.round(part * BAR_CHARS);
    String bar = "#".repeat(full) + "-".repeat(BAR_CHARS - full);
    return String.format(
        Locale.ROOT,
        "[%s] %3.0f %%  %s of %s  %s/s  %,d events  %s left",
        bar,
        part * 100,
        size(bytes),
        size(bytesTotal),
        size(Math.round(bytesPerSecond)),
        events,
        clockTime(left));
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
  }

  private static String clockTime(Duration time) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
