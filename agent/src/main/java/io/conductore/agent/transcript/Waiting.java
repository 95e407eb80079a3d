package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells from a call's input whether it waits, or looks while a job runs that the agent started: the
 * same answer again is then no sign of a loop. Only reading commands are looks; whoever writes does
 * not wait.
 */
final class Waiting {
  /** At the start of a command or of a part of it. */
  private static final Pattern SLEEPS =
      Pattern.compile("(?:^|[;&|(\\n]|\\bdo)\\s*(?:sleep|wait)\\b");

  private static final Pattern FIRST_WORD = Pattern.compile("^\\s*([\\w./-]{1,64})");

  private static final Set<String> LOOKING_COMMANDS = Set.of(
      "cat",
      "curl",
      "docker",
      "gh",
      "grep",
      "head",
      "jobs",
      "kubectl",
      "less",
      "ls",
      "pgrep",
      "ps",
      "stat",
      "systemctl",
      "tail",
      "test",
      "wc");

  private static final Set<String> LOOKING_TOOLS = Set.of("Read", "Grep", "Glob", "LS");
  private static final Set<String> ENDING_TOOLS = Set.of("KillShell", "KillBash", "TaskStop");
  private static final String STATUS = "<status>";
  private static final int COMMAND_CHARS_MAX = 4_096;

  private Waiting() {}

  /** What the input of a call says. */
  enum Kind {
    WORKS,
    SLEEPS,
    LOOKS,
    STARTS_JOB,
    ENDS_JOB
  }

  static Kind of(String tool, JsonNode input) {
    if (ENDING_TOOLS.contains(tool)) {
      return Kind.ENDS_JOB;
    }
    if (input.path("run_in_background").asBoolean(false)) {
      return Kind.STARTS_JOB;
    }
    String command = input.path("command").asText("");
    return command.isEmpty() && LOOKING_TOOLS.contains(tool) ? Kind.LOOKS : ofCommand(command);
  }

  /** What the CLI says of a job in the background that runs no more. */
  static boolean tellsOfAnEnd(String tool, String output) {
    int status = tool.endsWith("Output") ? output.indexOf(STATUS) : -1;
    return status >= 0 && !output.startsWith("running", status + STATUS.length());
  }

  static Kind ofCommand(String command) {
    String head = command.substring(0, Math.min(command.length(), COMMAND_CHARS_MAX));
    if (SLEEPS.matcher(head).find()) {
      return Kind.SLEEPS;
    }
    var word = FIRST_WORD.matcher(head);
    return word.find() && LOOKING_COMMANDS.contains(word.group(1)) ? Kind.LOOKS : Kind.WORKS;
  }
}
