package io.conductore.embedded.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A data folder that belongs to this process until it is closed. */
public final class DataFolder implements AutoCloseable {
  public static final String VERSION = "1";

  /** Below this the broker soon stops, in the middle of something. */
  public static final long DISK_FREE_BYTES_MIN = 512L * 1024 * 1024;

  /** What a person, the launcher or a start that was cut short may leave in a folder before us. */
  private static final Set<String> NOT_FOREIGN = Set.of(
      Layout.BUDGETS,
      Layout.PRICES,
      Layout.ESCALATION,
      Layout.STUCK,
      Layout.TELEMETRY,
      Layout.TOKENS,
      Layout.TOKENS + ".lock",
      Layout.SECRETS,
      Layout.LOCK,
      "up.log");

  private final Layout layout;
  private final FolderLock lock;

  private DataFolder(Layout layout, FolderLock lock) {
    this.layout = layout;
    this.lock = lock;
  }

  /** How much of a folder's disk can still be used. */
  @FunctionalInterface
  public interface FreeBytes {
    FreeBytes OF_DISK = folder -> Files.getFileStore(folder).getUsableSpace();

    long in(Path folder) throws IOException;
  }

  /** Creates the folder if need be. */
  public static OpenOutcome open(Path folder, FreeBytes freeBytes) {
    if (folder.toString().contains(",")) {
      return new OpenOutcome.Unusable(folder, "Kafka reads a comma as the end of a path");
    }
    try {
      Files.createDirectories(folder);
      return openExisting(new Layout(folder.toRealPath()), freeBytes);
    } catch (IOException e) {
      return new OpenOutcome.Unusable(folder, e.toString());
    }
  }

  public Layout layout() {
    return layout;
  }

  @Override
  public void close() {
    lock.close();
  }

  private static OpenOutcome openExisting(Layout layout, FreeBytes freeBytes) throws IOException {
    var root = layout.root();
    var version = version(layout);
    if (version.isPresent() && !version.get().equals(VERSION)) {
      return new OpenOutcome.OtherVersion(root, version.get());
    }
    if (version.isEmpty() && holdsSomething(root)) {
      return new OpenOutcome.Foreign(root);
    }
    long free = freeBytes.in(root);
    if (free < DISK_FREE_BYTES_MIN) {
      return new OpenOutcome.DiskFull(root, free);
    }
    return switch (FolderLock.take(layout.lock())) {
      case FolderLock.Taken taken -> {
        AtomicText.write(layout.version(), VERSION + "\n");
        yield new OpenOutcome.Opened(new DataFolder(layout, taken.lock()));
      }
      case FolderLock.HeldBy other -> new OpenOutcome.Held(root, other.pid());
    };
  }

  private static Optional<String> version(Layout layout) throws IOException {
    return Files.exists(layout.version())
        ? Optional.of(Files.readString(layout.version()).strip())
        : Optional.empty();
  }

  private static boolean holdsSomething(Path root) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.anyMatch(entry -> !NOT_FOREIGN.contains(entry.getFileName().toString()));
    }
  }
}
