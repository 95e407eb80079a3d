package io.conductore.schemas.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the parts of a program's output that change from run to run although nothing else did.
 * An agent that runs one failing command again and again gets another time, pid and temporary
 * folder in every answer; without this no two answers would be equal and no loop would ever be
 * seen.
 *
 * <p>The danger is on the other side: a rule that is too wide makes different work look the same,
 * and a healthy agent is called stuck. So line numbers, columns, offsets, counts ("3 failed"),
 * versions, dates without a time and short hex numbers stay as they are, and only the random part
 * of a temporary path goes.
 */
final class VolatileText {

  /** Written by most tools beside what they say: when a log line, a test or a request happened. */
  private static final String TIME =
      "(?<time>(?<!\\d)\\d{4}[-/]\\d{2}[-/]\\d{2}[T ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d++)?+)?+"
          + "(?:Z|[ ]?[+-]\\d{2}:?\\d{2}(?!\\d))?+)";

  /** A clock time alone. Not after a word, dot or colon: main.c:12:34:56 is a place, not a time. */
  private static final String CLOCK =
      "(?<clock>(?<![\\w.:])\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d++)?+(?![\\w:]))";

  /** Ids of traces, requests and sessions: new for every call. */
  private static final String UUID = "(?<uuid>(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}"
      + "-[0-9A-Fa-f]{12}(?![0-9A-Za-z]))";

  /** Places of objects in memory, as in "Foo object at 0x7f3a12...". Shorter numbers are values. */
  private static final String ADDRESS =
      "(?<address>(?<![0-9A-Za-z])0[xX][0-9A-Fa-f]{6,16}(?![0-9A-Za-z]))";

  /**
   * Process ids: "pid 1234", "process 1234", and the [1234] of syslog and job control. Fewer digits
   * in brackets are indexes and footnotes.
   */
  private static final String PID =
      "(?<pid>(?<![A-Za-z])(?:[Pp][Ii][Dd]|[Pp]rocess)[ =:#]{1,3}\\d{1,8}(?!\\d)|\\[\\d{4,7}\\])";

  /**
   * Seconds, milli-, micro- and nanoseconds since 1970, for the years 2001 to 2033. Alone only:
   * with a digit or letter more it is an offset or part of a name.
   */
  private static final String EPOCH =
      "(?<epoch>(?<![0-9A-Za-z_.])1\\d{9}(?:\\d{3}){0,3}(?:\\.\\d{1,9})?+(?![0-9A-Za-z_]))";

  /**
   * How long it took: 12ms, 0.03s, 1.1 s, 1.5 seconds, 2m3.4s. Differs in every run of one test.
   */
  private static final String DURATION =
      "(?<duration>(?<![0-9A-Za-z_.])\\d++(?:m\\d++(?:\\.\\d++)?+s|(?:\\.\\d++)?+"
          + " ?(?:s|ns|us|µs|ms|msecs?|secs?|seconds?|milliseconds?|microseconds?|nanoseconds?"
          + "|mins?|minutes?|hours?|hrs?))(?![0-9A-Za-z_]))";

  /** Below a folder for temporary files; what is random in it is decided segment by segment. */
  private static final String TEMPORARY =
      "(?<temporary>(?<![0-9A-Za-z_.])(?:(?:/private)?+/var/folders/|(?:/private)?+(?:/var)?+/tmp/)"
          + "[^\\s'\"`:;,()\\[\\]<>|]++)";

  /**
   * First match wins, so the longest forms come first. No group with an open end repeats inside
   * another and every open end is possessive: an output of many MiB must cost neither more than
   * linear time nor a deep stack.
   */
  private static final Pattern VOLATILE = Pattern.compile(
      String.join("|", TIME, CLOCK, UUID, ADDRESS, PID, EPOCH, DURATION, TEMPORARY));

  private static final Pattern LINE_ENDS = Pattern.compile("[ \\t]*+\\r\\n?|[ \\t]++\\n");

  private VolatileText() {}

  static String normalised(String text) {
    String lines = LINE_ENDS.matcher(text).replaceAll("\n").strip();
    Matcher matcher = VOLATILE.matcher(lines).useTransparentBounds(true);
    StringBuilder out = new StringBuilder(lines.length());
    int copied = 0;
    int at = 0;
    while (at < lines.length()) {
      if (mayBegin(lines, at) && matcher.region(at, lines.length()).lookingAt()) {
        out.append(lines, copied, at).append(replacement(matcher));
        at = matcher.end();
        copied = at;
      } else {
        at++;
      }
    }
    return out.append(lines, copied, lines.length()).toString();
  }

  /**
   * Whether any of the patterns can begin here; asked first because most characters end it there.
   */
  private static boolean mayBegin(String text, int at) {
    char c = text.charAt(at);
    if (c == '/' || c == '[') {
      return true;
    }
    char before = at == 0 ? ' ' : text.charAt(at - 1);
    if (isDigit(c)) {
      return !isDigit(before);
    }
    boolean letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == 'p' || c == 'P';
    return letter && !isDigit(before) && !Character.isLetter(before);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String replacement(Matcher matcher) {
    if (matcher.group("temporary") != null) {
      return TemporaryPath.normalised(matcher.group());
    }
    if (matcher.group("time") != null || matcher.group("clock") != null) {
      return "<time>";
    }
    if (matcher.group("uuid") != null) {
      return "<uuid>";
    }
    if (matcher.group("address") != null) {
      return "<address>";
    }
    if (matcher.group("pid") != null) {
      return "<pid>";
    }
    return matcher.group("epoch") != null ? "<epoch>" : "<duration>";
  }
}
