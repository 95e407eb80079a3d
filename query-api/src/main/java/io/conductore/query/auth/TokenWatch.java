package io.conductore.query.auth;

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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens as the file says now. Looks at most once a second, and keeps what it has while the
 * file is away or wrong. Thread-safe.
 */
public final class TokenWatch {
  static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Logger LOGGER = LoggerFactory.getLogger(TokenWatch.class);

  private final TokenFile file;
  private final InstantSource clock;
  private final AtomicLong lookedAtMs;
  private final AtomicReference<Version> version;

  /** What tells one version of the file from another without reading it. */
  private record Mark(
      FileTime modified, long bytes, @Nullable Object file) {}

  private record Version(@Nullable Mark mark, TokenSet tokens) {}

  public sealed interface Start {
    record Watching(TokenWatch watch) implements Start {}

    record Refused(String sentence) implements Start {}
  }

  private TokenWatch(TokenFile file, InstantSource clock, Version first) {
    this.file = file;
    this.clock = clock;
    this.lookedAtMs = new AtomicLong(clock.millis());
    this.version = new AtomicReference<>(first);
  }

  public static Start open(Path path, InstantSource clock) {
    TokenFile file = new TokenFile(path);
    Mark mark = mark(file);
    return switch (file.read()) {
      case TokenFile.Outcome.Wrong(String sentence) -> new Start.Refused(sentence);
      case TokenFile.Outcome.Read(TokenSet tokens) -> {
        warnWhenExposed(file);
        yield new Start.Watching(new TokenWatch(file, clock, new Version(mark, tokens)));
      }
    };
  }

  public TokenSet current() {
    long now = clock.millis();
    long last = lookedAtMs.get();
    boolean due = Math.abs(now - last) >= LOOK_EVERY.toMillis();
    if (due && lookedAtMs.compareAndSet(last, now)) {
      look();
    }
    return version.get().tokens();
  }

  private void look() {
    Version before = version.get();
    Mark mark = mark(file);
    if (Objects.equals(mark, before.mark())) {
      return;
    }
    switch (file.read()) {
      case TokenFile.Outcome.Read(TokenSet tokens) -> {
        version.set(new Version(mark, tokens));
        LOGGER.atInfo().addKeyValue("tokens", tokens.tokens().size()).log("tokens read anew");
        warnWhenExposed(file);
      }
      case TokenFile.Outcome.Wrong(String sentence) -> {
        version.set(new Version(mark, before.tokens()));
        LOGGER.atError().addKeyValue("why", sentence).log("tokens not read; the old ones stay");
      }
    }
  }

  private static void warnWhenExposed(TokenFile file) {
    file.exposure()
        .ifPresent(sentence ->
            LOGGER.atWarn().addKeyValue("why", sentence).log("token file is not private"));
  }

  private static @Nullable Mark mark(TokenFile file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return new Mark(seen.lastModifiedTime(), seen.size(), seen.fileKey());
    } catch (IOException away) {
      return null;
    }
  }
}
