package io.conductore.embedded.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A lock that ends with its process, however that ends; the file itself stays. It holds the process
 * id for whoever finds it taken.
 */
public final class FolderLock implements AutoCloseable {
  static final long PID_UNKNOWN = -1;

  /** A look at the lock takes it for a moment, which must not turn a start away. */
  private static final int TRIES = 5;

  private static final Duration TRY_PAUSE = Duration.ofMillis(40);

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  sealed interface Outcome {}

  record Taken(FolderLock lock) implements Outcome {}

  record HeldBy(long pid) implements Outcome {}

  static Outcome take(Path file) throws IOException {
    for (int i = 1; i < TRIES; i++) {
      if (takeOnce(file) instanceof Taken taken) {
        return taken;
      }
      pause();
    }
    return takeOnce(file);
  }

  /** The process that runs on a data folder, if any. */
  public static OptionalLong holder(Layout layout) throws IOException {
    if (!Files.exists(layout.lock())) {
      return OptionalLong.empty();
    }
    try (var channel =
        FileChannel.open(layout.lock(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return locks(channel) ? OptionalLong.empty() : OptionalLong.of(recordedPid(layout.lock()));
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock ends with the process at the latest.
    }
  }

  private static Outcome takeOnce(Path file) throws IOException {
    var channel = FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!locks(channel)) {
      channel.close();
      return new HeldBy(recordedPid(file));
    }
    var pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid));
    return new Taken(new FolderLock(channel));
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static long recordedPid(Path file) throws IOException {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (NumberFormatException e) {
      return PID_UNKNOWN;
    }
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(TRY_PAUSE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
