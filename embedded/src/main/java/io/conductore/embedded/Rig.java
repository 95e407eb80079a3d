package io.conductore.embedded;

import io.conductore.embedded.command.DlqCommand;
import io.conductore.embedded.command.DownCommand;
import io.conductore.embedded.command.ImportCommand;
import io.conductore.embedded.command.LogsCommand;
import io.conductore.embedded.command.PricesCommand;
import io.conductore.embedded.command.ReportCommand;
import io.conductore.embedded.command.StatusCommand;
import io.conductore.embedded.command.StuckCommand;
import io.conductore.embedded.command.TokenCommand;
import io.conductore.embedded.command.UpCommand;
import io.conductore.embedded.run.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The rig command: everything that ./rig does once Java runs. */
@Command(
    name = "rig",
    description = "Conductor-E: a durable event backbone for teams that run coding agents.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      ImportCommand.class,
      DlqCommand.class,
      StuckCommand.class,
      TokenCommand.class,
      PricesCommand.class,
      ReportCommand.class
    })
public final class Rig {

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** Package-visible for tests that give it other streams. */
  static CommandLine commandLine() {
    return new CommandLine(new Rig())
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, args) -> wrongUsage(wrong));
  }

  /** One line: a page of usage would hide what is wrong. */
  private static int wrongUsage(ParameterException wrong) {
    var command = wrong.getCommandLine();
    var what = String.valueOf(wrong.getMessage()).replaceAll("\\s+", " ");
    var name = command.getCommandSpec().qualifiedName();
    command.getErr().println("rig: " + what + "; ./" + name + " --help lists what there is");
    return ExitCode.USAGE;
  }
}
