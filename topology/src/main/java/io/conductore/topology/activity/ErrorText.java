package io.conductore.topology.activity;

import java.util.regex.Pattern;

/**
 * The text of an error without what changes each time: times, durations, process ids, addresses.
 * For producers that send the text only; those that send a digest have done this before. Counts and
 * line numbers stay, because they tell one failure from the next.
 */
final class ErrorText {
  private static final String TIME = "\\b\\d{4}[-/]\\d{2}[-/]\\d{2}[T ]\\d{2}:\\d{2}"
      + "(?::\\d{2}(?:[.,]\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?";
  private static final String CLOCK = "\\b\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d+)?\\b";
  private static final String DURATION =
      "\\b\\d+(?:\\.\\d+)? ?(?:[nuµm]?s|m?secs?|(?:milli)?seconds?|minutes?)\\b";
  private static final String PROCESS = "(?i:\\bpid|\\bprocess)[ =:#]{1,3}\\d+|\\[\\d{4,7}]";
  private static final String ADDRESS = "\\b0x[0-9A-Fa-f]{6,16}\\b";
  private static final Pattern VOLATILE =
      Pattern.compile(String.join("|", TIME, CLOCK, DURATION, PROCESS, ADDRESS));

  private ErrorText() {}

  static String settled(String text) {
    return VOLATILE.matcher(text).replaceAll("~");
  }
}
