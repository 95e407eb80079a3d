package io.conductore.embedded.command;

import io.conductore.embedded.data.FolderLock;
import io.conductore.embedded.data.PartStatus;
import io.conductore.embedded.data.RunStatus;
import io.conductore.embedded.data.StatusFile;
import io.conductore.embedded.run.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows each part: what the running process says, checked by knocking at its address. */
@Command(
    name = "status",
    description =
        "Show each part: state, address, since. Ends with 0 when all are up, else with 3.",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private DataOption data = new DataOption();

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    var say = Say.of(spec);
    var status = running();
    if (status.isEmpty()) {
      say.line(
          json ? "{\"parts\":[]}" : "nothing runs on " + data.folder() + "; ./rig up starts it");
      return ExitCode.NOT_AS_IT_IS;
    }
    var checked = Knock.at(status.get());
    say.line(json ? StatusFile.toJson(checked).toPrettyString() : StatusTable.of(checked));
    return allUp(checked.parts()) ? ExitCode.OK : ExitCode.NOT_AS_IT_IS;
  }

  /** A status file without a holder of the folder is of an earlier run. */
  private Optional<RunStatus> running() throws IOException {
    var layout = data.layout();
    return FolderLock.holder(layout).isEmpty() ? Optional.empty() : StatusFile.read(layout);
  }

  private static boolean allUp(List<PartStatus> parts) {
    return !parts.isEmpty() && parts.stream().allMatch(part -> part.state() == PartStatus.State.UP);
  }
}
