package io.conductore.embedded.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What a person at the terminal sees of a start and a stop: one line each part. Thread-safe. */
final class StartLines {
  private static final double MILLIS = 1_000;

  private final PrintWriter out;
  private final long startedNanos = System.nanoTime();

  StartLines(PrintWriter out) {
    this.out = out;
  }

  void part(String name, String address) {
    line(String.format(Locale.ROOT, "  %-9s %-40s %6.1f s", name, address, seconds(age())));
  }

  void ready() {
    line(String.format(Locale.ROOT, "ready in %.1f s; Ctrl-C stops", seconds(age())));
  }

  void stopped(Duration took) {
    line(String.format(Locale.ROOT, "stopped in %.1f s", seconds(took)));
  }

  void line(String text) {
    synchronized (this) {
      out.println(text);
      out.flush();
    }
  }

  private Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / MILLIS;
  }
}
