package io.conductore.embedded.command;

import io.conductore.embedded.data.LogTail;
import io.conductore.embedded.run.ExitCode;
import io.conductore.embedded.run.Parts;
import java.nio.file.Files;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the end of a log, and with -f what follows. */
@Command(
    name = "logs",
    description = "Show what has been logged: by the registry, or by all others (conductor).",
    mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {
  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private DataOption data = new DataOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PART",
      defaultValue = Parts.LOG,
      description = "conductor (default), broker, streams, api: one log; registry: another")
  private LogOf part = LogOf.conductor;

  @Option(names = "-f", description = "go on with what is logged from now on; Ctrl-C ends it")
  private boolean follow;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "50",
      description = "lines (${DEFAULT-VALUE})")
  private int count;

  /** What a person may call a log. */
  enum LogOf {
    conductor,
    broker,
    streams,
    api,
    registry
  }

  @Override
  public Integer call() throws InterruptedException {
    var say = Say.of(spec);
    if (count < 0) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "-n must be a number from 0, not " + count);
    }
    var file = data.layout().log(part == LogOf.registry ? Parts.REGISTRY : Parts.LOG);
    if (!Files.exists(file)) {
      say.error("there is no " + file + ": nothing has run there yet");
      return ExitCode.NOT_AS_IT_IS;
    }
    LogTail.lastLines(file, count).forEach(say::line);
    if (follow) {
      new LogFollower(file, say.out()).follow();
    }
    return ExitCode.OK;
  }
}
