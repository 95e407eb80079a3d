package io.conductore.embedded.command;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command speaks: answers to standard output, what is wrong to standard error. */
record Say(PrintWriter out, PrintWriter err) {

  /** Picocli sets the spec before it calls a command. */
  static Say of(@Nullable CommandSpec spec) {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    return new Say(commandLine.getOut(), commandLine.getErr());
  }

  void line(String text) {
    out.println(text);
  }

  /** For the person, not for whoever reads standard output. */
  void note(String text) {
    err.println(text);
  }

  void error(String sentence) {
    err.println("rig: " + sentence);
  }
}
