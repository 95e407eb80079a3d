package io.conductore.agent.follow;

import io.conductore.agent.transcript.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A follower over a folder, with a clock that moves when told and files that bear its time. */
final class FollowRig {
  static final Duration QUIET = Duration.ofSeconds(61);

  private final Path folder;
  private final Receiver receiver = new Receiver();
  private final List<String> said = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private Follower follower;

  FollowRig(Path folder) {
    this.folder = folder;
    this.follower = born();
  }

  Receiver receiver() {
    return receiver;
  }

  List<String> said() {
    return said;
  }

  List<Duration> pauses() {
    return pauses;
  }

  Path file(String name) {
    return folder.resolve("transcripts").resolve(name);
  }

  Path state() {
    return folder.resolve("state").resolve("follow.json");
  }

  void append(String name, String text) throws IOException {
    append(
        name,
        text.getBytes(StandardCharsets.UTF_8),
        0,
        text.getBytes(StandardCharsets.UTF_8).length);
  }

  void append(String name, byte[] bytes, int from, int to) throws IOException {
    Path file = file(name);
    Files.createDirectories(file.getParent());
    byte[] part = java.util.Arrays.copyOfRange(bytes, from, to);
    Files.write(file, part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    touch(file);
  }

  void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(now));
  }

  /** A second passes, and the follower looks. */
  void look() throws InterruptedException {
    pass(Follower.LOOK_EVERY);
  }

  void pass(Duration time) throws InterruptedException {
    now = now.plus(time);
    follower.round();
  }

  /** So long that new files are looked for. */
  void search() throws InterruptedException {
    pass(Follower.SEARCH_EVERY);
  }

  /** A new life with what the old one wrote down. */
  void restart() {
    follower = born();
  }

  private Follower born() {
    return new Follower(
        new Follower.Setting(
            List.of(folder.resolve("transcripts")),
            Labels.none(),
            state(),
            () -> now,
            pauses::add,
            said::add),
        receiver);
  }
}
