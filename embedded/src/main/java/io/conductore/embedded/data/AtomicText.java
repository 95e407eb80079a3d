package io.conductore.embedded.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A small file that a reader sees whole, the old one or the new one. */
final class AtomicText {
  private AtomicText() {}

  static void write(Path file, String text) throws IOException {
    var beside = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(beside, text);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
