package io.conductore.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Puts temporary folders into memory where the machine offers room for them. The test driver forces
 * every store to disk after every record, and with a real disk that is most of what these tests
 * would wait for.
 */
public final class QuickTempDir implements TempDirFactory {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ROOM_BYTES_MIN = 1L << 30;

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
      throws IOException {
    boolean roomy =
        Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM_BYTES_MIN;
    return roomy
        ? Files.createTempDirectory(MEMORY, "topology-test-")
        : Files.createTempDirectory("topology-test-");
  }
}
