package io.conductore.topology.stuck;

import java.util.Optional;

/**
 * A way of being stuck. The first five are the seed's (mvp-scope.md, StuckGuard), the others those
 * that peers found necessary. The order is that in which they name a loop that shows several.
 */
public enum Pattern {
  SAME_ERROR(
      "same-error", "Read the error again and change what causes it, or say what blocks you."),
  SAME_TOOL(
      "same-tool", "The same call will give the same result. Use the result, or try another way."),
  CYCLE(
      "cycle", "These calls lead back to where they began. Leave the circle: change one of them."),
  NO_OUTPUT(
      "no-output",
      "A repeated command that prints nothing tells you nothing. Check what it has done."),
  NO_CHANGE(
      "no-change",
      "Nothing has come of these steps. Go back to the task and take a different step."),
  SAME_MESSAGE(
      "same-message", "You have said this before. Do the next step, or end the task and say why."),
  COMPACTION(
      "compaction", "The context fills up faster than the work gets on. Work in smaller pieces."),
  /** Only ever a warning: whoever uses his allowance up is not stuck. */
  CONTEXT_BURN(
      "context-burn",
      "Little is left of the input tokens. Write down where you are and finish the step.");

  private final String word;
  private final String advice;

  Pattern(String word, String advice) {
    this.word = word;
    this.advice = advice;
  }

  /** As verdicts, answers and stuck.yaml spell it. */
  public String word() {
    return word;
  }

  /** What an agent is told to do about it. */
  String advice() {
    return advice;
  }

  static Optional<Pattern> ofWord(String word) {
    for (Pattern pattern : values()) {
      if (pattern.word.equals(word)) {
        return Optional.of(pattern);
      }
    }
    return Optional.empty();
  }
}
