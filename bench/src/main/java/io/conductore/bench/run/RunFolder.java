package io.conductore.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where everything that is measured keeps its data, on a disk and not in memory: /tmp often is
 * memory, and then a durable commit costs nothing. Deleted at the end.
 */
public final class RunFolder implements AutoCloseable {
  private static final Path DISK = Path.of("/var/tmp");

  private final Path root;
  private final Deque<AutoCloseable> guarded = new ConcurrentLinkedDeque<>();
  private final AtomicInteger folders = new AtomicInteger();

  private RunFolder(Path root) {
    this.root = root;
  }

  public static RunFolder create() throws IOException {
    Path root = Files.isWritable(DISK)
        ? Files.createTempDirectory(DISK, "rig-bench-")
        : Files.createTempDirectory("rig-bench-");
    // PostgreSQL may run as another user, who has to get through to its own folder.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    RunFolder folder = new RunFolder(root);
    Runtime.getRuntime().addShutdownHook(new Thread(folder::abort, "run-folder"));
    return folder;
  }

  /** A new empty folder. */
  public Path folder(String purpose) throws IOException {
    return Files.createDirectory(root.resolve(purpose + "-" + folders.incrementAndGet()));
  }

  /**
   * Closes this too when the run is interrupted: a process that was started must not outlive it.
   */
  public <T extends AutoCloseable> T guard(T guest) {
    guarded.push(guest);
    return guest;
  }

  /** Has everything written that waits to be, so that no measurement pays for the one before it. */
  public void settle() throws IOException, InterruptedException {
    System.gc();
    int status =
        new ProcessBuilder("sync", "--file-system", root.toString()).start().waitFor();
    if (status != 0) {
      throw new IOException("sync ended with status " + status);
    }
  }

  /** The kind of file system, such as ext4. */
  public String fileSystem() throws IOException {
    return Files.getFileStore(root).type();
  }

  @Override
  public void close() {
    try {
      delete(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes on whatever goes wrong: the next one has to be closed too. */
  private void abort() {
    for (AutoCloseable guest : guarded) {
      try {
        guest.close();
      } catch (Exception gone) {
        System.err.println("not closed: " + gone.getMessage());
      }
    }
    try {
      delete(root);
    } catch (IOException stillInUse) {
      System.err.println("left behind: " + root);
    }
  }

  /** Deletes a folder and all that is in it; a folder that is gone already is fine. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error)
          throws IOException {
        Files.deleteIfExists(visited);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
