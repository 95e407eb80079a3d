package io.conductore.topology.stuck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thresholds as stuck.yaml says now. Looks at most once in {@link #LOOK_EVERY}, and keeps what
 * it has while the file is wrong. Thread-safe.
 */
public final class StuckWatch implements Supplier<StuckBook> {
  static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Logger LOGGER = LoggerFactory.getLogger(StuckWatch.class);

  private final Path file;
  private final InstantSource clock;
  private final AtomicLong lookedAtMs;
  private final AtomicReference<Version> version;

  /** What tells one version of the file from another without reading it. */
  private record Mark(
      FileTime modified, long bytes, @Nullable Object file) {}

  private record Version(@Nullable Mark mark, StuckBook book) {}

  private StuckWatch(Path file, InstantSource clock, Version first) {
    this.file = file;
    this.clock = clock;
    this.lookedAtMs = new AtomicLong(clock.millis());
    this.version = new AtomicReference<>(first);
  }

  /** @throws IllegalArgumentException naming the entry that is wrong */
  public static StuckWatch open(Path file, InstantSource clock) throws IOException {
    Mark mark = mark(file);
    return new StuckWatch(file, clock, new Version(mark, StuckBook.read(file)));
  }

  @Override
  public StuckBook get() {
    long now = clock.millis();
    long last = lookedAtMs.get();
    boolean due = Math.abs(now - last) >= LOOK_EVERY.toMillis();
    if (due && lookedAtMs.compareAndSet(last, now)) {
      look();
    }
    return version.get().book();
  }

  private void look() {
    Version before = version.get();
    Mark mark = mark(file);
    if (Objects.equals(mark, before.mark())) {
      return;
    }
    try {
      version.set(new Version(mark, StuckBook.read(file)));
      LOGGER.atInfo().addKeyValue("file", file.getFileName()).log("stuck rules read anew");
    } catch (IOException | IllegalArgumentException wrong) {
      version.set(new Version(mark, before.book()));
      LOGGER
          .atError()
          .addKeyValue("file", file.getFileName())
          .addKeyValue(
              "why", String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""))
          .log("stuck rules not read; the old ones stay");
    }
  }

  private static @Nullable Mark mark(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return new Mark(seen.lastModifiedTime(), seen.size(), seen.fileKey());
    } catch (IOException away) {
      return null;
    }
  }
}
