package io.conductore.embedded.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that outlived its parent. The tether prevents it where standard input works as it
 * should; a second holder of the database file must not happen in any case.
 */
final class LeftoverRegistry {
  private static final Duration END_TIME_MAX = Duration.ofSeconds(3);
  private static final Logger LOGGER = LoggerFactory.getLogger(LeftoverRegistry.class);

  private LeftoverRegistry() {}

  /**
   * Kills the process of the pid file if its command line says that it is the registry of this
   * folder.
   */
  static void end(RegistrySettings settings) throws IOException {
    var found =
        recorded(settings).flatMap(ProcessHandle::of).filter(process -> isOurs(process, settings));
    if (found.isPresent()) {
      LOGGER
          .atWarn()
          .addKeyValue("pid", found.get().pid())
          .log("ending a registry of an earlier run");
      kill(found.get());
    }
    Files.deleteIfExists(settings.pidFile());
  }

  private static Optional<Long> recorded(RegistrySettings settings) throws IOException {
    if (!Files.exists(settings.pidFile())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(Files.readString(settings.pidFile()).strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The arguments alone are not told for a long command line, and this one is long. */
  private static boolean isOurs(ProcessHandle process, RegistrySettings settings) {
    var mark = RegistrySettings.MARK + settings.folder().toAbsolutePath() + " ";
    return process.info().commandLine().filter(line -> line.contains(mark)).isPresent();
  }

  private static void kill(ProcessHandle process) throws IOException {
    process.destroyForcibly();
    try {
      process.onExit().get(END_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("registry process " + process.pid() + " does not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
