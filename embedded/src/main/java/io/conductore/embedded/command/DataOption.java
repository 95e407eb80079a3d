package io.conductore.embedded.command;

import io.conductore.embedded.data.Layout;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where everything is kept; each command has it. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".rig",
      description = "where everything is kept (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of(".rig");

  Path folder() {
    return folder;
  }

  Layout layout() {
    return new Layout(folder);
  }
}
