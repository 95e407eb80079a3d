package io.conductore.embedded.run;

import io.conductore.embedded.data.Layout;
import io.conductore.embedded.data.PartStatus;
import io.conductore.embedded.data.PartStatus.State;
import io.conductore.embedded.data.RunStatus;
import io.conductore.embedded.data.StatusFile;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of every part, kept in the status file at each change. Thread-safe. */
public final class PartBoard {
  private static final Logger LOGGER = LoggerFactory.getLogger(PartBoard.class);

  private final Layout layout;
  private final InstantSource clock;
  private final Map<String, PartStatus> parts = new LinkedHashMap<>();
  private final RunStatus opening;

  public PartBoard(Layout layout, InstantSource clock) {
    this.layout = layout;
    this.clock = clock;
    this.opening = new RunStatus(ProcessHandle.current().pid(), clock.instant(), List.of());
  }

  /** Takes its place in the order of the table. */
  public void starting(String part, String address) {
    put(part, State.STARTING, address, OptionalLong.empty(), "");
  }

  public void up(String part) {
    put(part, State.UP, addressOf(part), OptionalLong.empty(), "");
  }

  /** Up in a process of its own. */
  public void up(String part, long pid) {
    put(part, State.UP, addressOf(part), OptionalLong.of(pid), "");
  }

  public void down(String part, String note) {
    put(part, State.DOWN, addressOf(part), OptionalLong.empty(), note);
  }

  public synchronized RunStatus status() {
    return new RunStatus(opening.pid(), opening.since(), List.copyOf(parts.values()));
  }

  private synchronized String addressOf(String part) {
    var known = parts.get(part);
    return known == null ? "" : known.address();
  }

  /** Saying the same again changes nothing, so that "since" stays true. */
  private synchronized void put(
      String part, State state, String address, OptionalLong pid, String note) {
    var before = parts.get(part);
    if (before != null
        && before.state() == state
        && before.pid().equals(pid)
        && before.note().equals(note)) {
      return;
    }
    parts.put(part, new PartStatus(part, state, address, clock.instant(), pid, note));
    LOGGER
        .atInfo()
        .addKeyValue("part", part)
        .addKeyValue("state", state)
        .addKeyValue("note", note)
        .log("part");
    try {
      StatusFile.write(layout, status());
    } catch (IOException e) {
      LOGGER.atWarn().addKeyValue("error", e.toString()).log("status file not written");
    }
  }
}
