package io.conductore.embedded.run;

/** How a run ended. */
public sealed interface RunOutcome {
  /** Somebody asked for it. */
  record Stopped() implements RunOutcome {}

  /** It did not begin: the sentence says what has to change first. */
  record Refused(String sentence) implements RunOutcome {}

  /** It began and could not go on. */
  record Failed(String sentence) implements RunOutcome {}

  /** What the process ends with. */
  default int exitCode() {
    return switch (this) {
      case Stopped stopped -> ExitCode.OK;
      case Refused refused -> ExitCode.NOT_AS_IT_IS;
      case Failed failed -> ExitCode.FAILED;
    };
  }
}
