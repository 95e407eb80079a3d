package io.conductore.agent.follow;

import io.conductore.agent.importing.Destination;
import io.conductore.agent.importing.ImportFiles;
import io.conductore.agent.ship.Pause;
import io.conductore.agent.transcript.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Follows all transcripts below some paths, also those that come later, until it is interrupted.
 * How far each is told is written down after the API has answered, so that another life begins
 * where this one ended; what it may tell twice has the same ids. For one thread.
 */
public final class Follower {
  static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Walking a folder of thousands of files costs more than looking at those that are known. */
  static final Duration SEARCH_EVERY = Duration.ofSeconds(5);

  static final Duration SAY_EVERY = Duration.ofMinutes(1);
  private static final int COMPLAINTS_MAX = 100;
  private static final String TRANSCRIPT_END = ".jsonl";

  private final Setting setting;
  private final FollowState state;
  private final Outbox outbox;
  private final Map<Path, FollowedFile> files = new LinkedHashMap<>();
  private final Set<String> complained = new HashSet<>();
  private Instant searchedAt = Instant.MIN;
  private Instant saidAt = Instant.MIN;
  private long saidDelivered;

  /**
   * What it needs from outside.
   *
   * @param state where it writes down how far it is
   * @param say takes lines for the person who watches
   */
  public record Setting(
      List<Path> paths,
      Labels labels,
      Path state,
      InstantSource clock,
      Pause pause,
      Consumer<String> say) {
    public Setting {
      paths = List.copyOf(paths);
    }
  }

  public Follower(Setting setting, Destination destination) {
    this.setting = setting;
    this.state = FollowState.read(setting.state());
    this.outbox = new Outbox(destination, setting.pause(), setting.say());
  }

  /** Goes on until the thread is interrupted. */
  public void run() throws InterruptedException {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        round();
        setting.pause().sleep(LOOK_EVERY);
      }
    } finally {
      files.values().forEach(FollowedFile::close);
    }
  }

  /** Looks at everything once; what it found is delivered and written down when it returns. */
  void round() throws InterruptedException {
    Instant now = setting.clock().instant();
    if (!now.isBefore(later(searchedAt, SEARCH_EVERY))) {
      searchedAt = now;
      search();
    }
    for (Path path : List.copyOf(files.keySet())) {
      look(path);
    }
    outbox.ship();
    files.forEach((path, file) -> {
      FileMark mark = file.mark();
      if (mark != null) {
        state.put(path, mark);
      }
    });
    save();
    say(now);
  }

  private void search() {
    ImportFiles found = ImportFiles.below(setting.paths());
    found.complaints().stream()
        .filter(complaint -> complained.size() < COMPLAINTS_MAX && complained.add(complaint))
        .forEach(setting.say());
    for (ImportFiles.ImportFile file : found.files()) {
      Path path = file.path().toAbsolutePath().normalize();
      boolean transcript = path.toString().toLowerCase(Locale.ROOT).endsWith(TRANSCRIPT_END);
      if (transcript && !files.containsKey(path)) {
        files.put(path, new FollowedFile(path, setting.labels(), setting.clock(), state.of(path)));
      }
    }
  }

  /** A file that cannot be read now may be read later. */
  private void look(Path path) throws InterruptedException {
    FollowedFile file = files.get(path);
    if (file == null) {
      return;
    }
    try {
      if (!file.look(outbox::take)) {
        file.close();
        files.remove(path);
        state.forget(path);
      }
    } catch (IOException unreadable) {
      file.close();
      setting.say().accept("unread   " + path + ": " + unreadable.getMessage());
    }
  }

  private void save() {
    try {
      state.save();
    } catch (IOException e) {
      setting
          .say()
          .accept("not written down, so a restart tells all again: " + setting.state() + ": " + e);
    }
  }

  private void say(Instant now) {
    if (!now.isBefore(later(saidAt, SAY_EVERY)) && outbox.delivered() > saidDelivered) {
      saidAt = now;
      saidDelivered = outbox.delivered();
      setting
          .say()
          .accept(String.format(
              Locale.ROOT,
              "following %,d files; %,d events delivered, %,d refused",
              files.size(),
              outbox.delivered(),
              outbox.refused()));
    }
  }

  private static Instant later(Instant then, Duration by) {
    return then.equals(Instant.MIN) ? then : then.plus(by);
  }
}
