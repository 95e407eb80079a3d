package io.conductore.bench.report;

import io.conductore.bench.stats.Series;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/** How a number looks in the report. */
public final class Figures {

  private Figures() {}

  /** 12,346. */
  public static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** 12,346. */
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** 2.53. */
  public static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** 1.234, from nanoseconds. */
  public static String millis(double nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }

  /** 12.3. */
  public static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** 12.3, or a word where nobody counted. */
  public static String percent(double value) {
    return Double.isNaN(value) ? "unknown" : decimal(value);
  }

  /** Every round, in the order they were run. */
  public static String rounds(Series series, DoubleFunction<String> form) {
    return series.rounds().stream().map(form::apply).collect(Collectors.joining(" · "));
  }
}
