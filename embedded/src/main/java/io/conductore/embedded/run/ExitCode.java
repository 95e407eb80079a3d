package io.conductore.embedded.run;

/** What the commands end with. The launcher has more of its own, from 4 on. */
public final class ExitCode {
  public static final int OK = 0;

  /** Something broke. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** Nothing broke, but not everything is as the command needs it, and it said what is not. */
  public static final int NOT_AS_IT_IS = 3;

  private ExitCode() {}
}
