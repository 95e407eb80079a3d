package io.conductore.bench.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Asks a small question of the machine. */
final class Shell {

  private Shell() {}

  /**
   * What the command prints on its first line, or nothing where there is no such command or answer.
   */
  static Optional<String> firstLine(Path folder, String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 && !answer.isEmpty()
          ? answer.lines().findFirst()
          : Optional.empty();
    } catch (IOException noSuchCommand) {
      return Optional.empty();
    }
  }
}
