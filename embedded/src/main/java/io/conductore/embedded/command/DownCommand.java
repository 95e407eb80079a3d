package io.conductore.embedded.command;

import io.conductore.embedded.data.FolderLock;
import io.conductore.embedded.run.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Asks the process that runs on the data folder to stop, and waits for it. */
@Command(
    name = "down",
    description = "Stop what ./rig up has started.",
    mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
  static final Duration WAIT_MAX = Duration.ofSeconds(10);
  private static final double NANOS = 1e9;

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var say = Say.of(spec);
    var holder = FolderLock.holder(data.layout());
    if (holder.isEmpty()) {
      say.line("nothing runs on " + data.folder());
      return ExitCode.OK;
    }
    long pid = holder.getAsLong();
    var process = ProcessHandle.of(pid);
    if (process.isEmpty()) {
      say.error(data.folder() + " is held by a process that cannot be found here (" + pid + ")");
      return ExitCode.NOT_AS_IT_IS;
    }
    return stop(process.get(), say);
  }

  private static int stop(ProcessHandle process, Say say) throws InterruptedException {
    long askedNanos = System.nanoTime();
    process.destroy();
    try {
      process.onExit().get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      say.error("process %d still stops after %d s; kill -9 %d ends it, and loses nothing"
          .formatted(process.pid(), WAIT_MAX.toSeconds(), process.pid()));
      return ExitCode.NOT_AS_IT_IS;
    }
    say.line(String.format(
        Locale.ROOT,
        "process %d stopped in %.1f s",
        process.pid(),
        (System.nanoTime() - askedNanos) / NANOS));
    return ExitCode.OK;
  }
}
