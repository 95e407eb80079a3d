package io.conductore.agent.transcript;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a failed command by its output, for runs that keep no exit code. Only clear cases: a wrong
 * "error" makes a healthy run look stuck, a missed one only hides that the error was the same.
 */
final class Observation {
  /** Tools that print files: an error in their output is text that somebody wrote. */
  private static final Set<String> SHOWS_FILES = Set.of(
      "open",
      "goto",
      "scroll_up",
      "scroll_down",
      "cat",
      "head",
      "tail",
      "less",
      "more",
      "sed",
      "grep",
      "rg",
      "find",
      "find_file",
      "search_file",
      "search_dir",
      "view",
      "git",
      "submit");

  /** How a refusal of SWE-agent itself, of the shell or of the operating system begins. */
  private static final Pattern BEGINS_AS_ERROR = Pattern.compile(
      "EXECUTION TIMED OUT"
          + "|COMMAND FAILED TO EXECUTE"
          + "|The command '.{0,4096}' (?:was cancelled|timed out)"
          + "|Your proposed edit has introduced new syntax error"
          + "|Your command was not executed"
          + "|Your edit was not applied"
          + "|No replacement was performed"
          + "|-?(?:/bin/|/usr/bin/)?+(?:ba|da)?+sh: "
          + "|(?:[Ff]atal )?+[Ee]rror: "
          + "|ERROR: "
          + "|fatal: "
          + "|No file open"
          + "|File \\S{1,1024} not found"
          + "|[\\w-]{1,32}: [^\\n]{0,1024}"
          + "(?:not found|No such file or directory|Permission denied)\\s*+(?:\\n|$)",
      Pattern.DOTALL);

  private static final Pattern TRACEBACK =
      Pattern.compile("^Traceback \\(most recent call last\\):\\s*$", Pattern.MULTILINE);

  /** The last line of a Python traceback. */
  private static final Pattern ENDS_AS_EXCEPTION =
      Pattern.compile("[A-Za-z_][\\w.]{0,255}(?:Error|Exception|Interrupt|Exit|Warning)(?::.*)?+");

  private static final int HEAD_CHARS_MAX = 8_192;
  private static final int TAIL_CHARS_MAX = 65_536;

  private Observation() {}

  static boolean isError(String tool, String observation) {
    String text = observation.strip();
    String head = text.substring(0, Math.min(text.length(), HEAD_CHARS_MAX));
    if (BEGINS_AS_ERROR.matcher(head).lookingAt()) {
      return true;
    }
    return !SHOWS_FILES.contains(tool) && endsInTraceback(text);
  }

  /**
   * A traceback that the output ends with: one that was caught and printed on the way is no
   * failure.
   */
  private static boolean endsInTraceback(String text) {
    String tail = text.substring(Math.max(0, text.length() - TAIL_CHARS_MAX));
    String last = tail.substring(tail.lastIndexOf('\n') + 1);
    return TRACEBACK.matcher(tail).find() && ENDS_AS_EXCEPTION.matcher(last).matches();
  }
}
