package io.conductore.embedded.registry;

import io.conductore.embedded.data.LogTail;
import io.conductore.embedded.net.HttpProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A registry that runs beside us. */
public final class RegistryProcess implements AutoCloseable {
  /** Between a polite stop and a kill. */
  static final Duration STOP_TIME_MAX = Duration.ofMillis(1_500);

  static final long LOG_BYTES_MAX = 10L * 1024 * 1024;
  private static final Duration POLL_PAUSE = Duration.ofMillis(100);
  private static final Duration POLL_TIME_MAX = Duration.ofSeconds(2);
  private static final int LAST_LINES = 8;
  private static final int STATUS_OK = 200;

  private final RegistrySettings settings;
  private final Process process;
  private final long logStart;
  private final long startedNanos;

  private RegistryProcess(
      RegistrySettings settings, Process process, long logStart, long startedNanos) {
    this.settings = settings;
    this.process = process;
    this.logStart = logStart;
    this.startedNanos = startedNanos;
  }

  /**
   * Ends a registry that an earlier run left on the same folder; it would hold port and database.
   */
  public static void endLeftover(RegistrySettings settings) throws IOException {
    LeftoverRegistry.end(settings);
  }

  /**
   * Returns at once; see {@link #awaitReady}.
   *
   * @throws UncheckedIOException if the process cannot be created at all
   */
  public static RegistryProcess start(RegistrySettings settings) {
    long startedNanos = System.nanoTime();
    try {
      Files.createDirectories(settings.folder());
      Files.createDirectories(settings.log().toAbsolutePath().getParent());
      endLeftover(settings);
      keepLogSmall(settings.log());
      long logStart = Files.exists(settings.log()) ? Files.size(settings.log()) : 0;
      var process = new ProcessBuilder(
              settings.commandLine(Path.of(System.getProperty("java.home"))))
          .directory(settings.folder().toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
          .start();
      Files.writeString(settings.pidFile(), Long.toString(process.pid()));
      return new RegistryProcess(settings, process, logStart, startedNanos);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the registry", e);
    }
  }

  /** Blocks until it answers, ends, or the time is up; a registry that is late goes on. */
  public RegistryStart awaitReady(Duration limit) throws InterruptedException {
    var questions = URI.create(settings.address() + "/subjects");
    while (process.isAlive() && age().compareTo(limit) < 0) {
      if (HttpProbe.status(questions, POLL_TIME_MAX).equals(OptionalInt.of(STATUS_OK))) {
        return new RegistryStart.Ready(age());
      }
      process.waitFor(POLL_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
    var why = process.isAlive()
        ? "no answer within " + limit.toSeconds() + " s"
        : "it ended with status " + process.exitValue();
    return new RegistryStart.Failed(why, lastLines());
  }

  public URI address() {
    return settings.address();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit status when the process ends, asked for or not. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(settings.pidFile());
    } catch (IOException e) {
      // A pid file without its process is ignored by the next start.
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  private static void keepLogSmall(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private List<String> lastLines() {
    return LogTail.lastLines(settings.log(), logStart, LAST_LINES);
  }
}
