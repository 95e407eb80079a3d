package io.conductore.embedded.command;

import io.conductore.agent.importing.ImportFiles;
import io.conductore.embedded.run.ExitCode;
import io.conductore.embedded.stuck.Explanation;
import io.conductore.topology.stuck.StuckBook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rig stuck explain}: which recorded runs go in circles, and what shows it. */
@Command(
    name = "stuck",
    description = "What StuckGuard says of recorded runs, without a running system.",
    mixinStandardHelpOptions = true)
public final class StuckCommand {
  @Spec
  private @Nullable CommandSpec spec;

  @Command(
      name = "explain",
      description = "Plays runs through the detector and prints each verdict with its evidence.",
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {
        " 0:every file was read, whoever is stuck in it",
        " 1:a file could not be read; it is listed",
        " 2:the command line or the file of thresholds is wrong"
      },
      mixinStandardHelpOptions = true)
  int explain(
      @Parameters(
              arity = "1..*",
              paramLabel = "FILE",
              description = "Transcripts (.jsonl), trajectories (.traj), or folders of them.")
          List<Path> paths,
      @Option(
              names = "--rules",
              paramLabel = "FILE",
              description = "A stuck.yaml to judge by (default: the seed's thresholds).")
          @Nullable
          Path rules) {
    Say say = Say.of(spec);
    StuckBook book = book(rules);
    ImportFiles found = ImportFiles.below(paths);
    found.complaints().forEach(say::error);
    int stuck = 0;
    int broken = found.complaints().size();
    for (ImportFiles.ImportFile file : found.files()) {
      try {
        Explanation explanation = Explanation.of(file.path(), book);
        stuck += explanation.isStuck() ? 1 : 0;
        List<String> lines = explanation.lines();
        say.line(file.path() + ": " + lines.getFirst());
        lines.subList(1, lines.size()).forEach(say::line);
      } catch (IOException e) {
        say.error(file.path() + ": " + e.getMessage());
        broken++;
      }
    }
    say.line(stuck + " of " + found.files().size() + " runs are stuck");
    return broken == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private StuckBook book(@Nullable Path rules) {
    if (rules == null) {
      return StuckBook.SEED;
    }
    if (!rules.toFile().isFile()) {
      throw wrong(rules + ": no such file");
    }
    try {
      return StuckBook.read(rules);
    } catch (IOException | IllegalArgumentException e) {
      throw wrong(
          rules + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
