package io.conductore.topology.budget;

import io.conductore.schemas.Usd;
import io.conductore.topology.state.Stamp;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** One agent's spending by window, and the limits that people set for it by events. */
public record Budget(Windows hours, Windows days, Map<Window, Changed> changes) {
  public static final Budget EMPTY = new Budget(Windows.EMPTY, Windows.EMPTY, Map.of());

  /** The newest change of a window's limit. */
  public record Changed(Stamp stamp, LimitChange change) {}

  public Budget {
    changes = Collections.unmodifiableMap(changes);
  }

  public Budget spend(long occurredAtMs, Spent spent) {
    return new Budget(
        hours.plus(Window.HOUR.bucketAt(occurredAtMs), spent),
        days.plus(Window.DAY.bucketAt(occurredAtMs), spent),
        changes);
  }

  public Budget change(Window window, Stamp stamp, LimitChange change) {
    Changed before = changes.get(window);
    if (before != null && before.stamp().compareTo(stamp) >= 0) {
      return this;
    }
    Map<Window, Changed> next = new EnumMap<>(Window.class);
    next.putAll(changes);
    next.put(window, new Changed(stamp, change));
    return new Budget(hours, days, next);
  }

  /** The limit in force: an event's while it holds, else the file's. */
  public Limit limitAt(Window window, long timeMs, Limit fromFile) {
    LimitChange change = changeAt(window, timeMs);
    return change == null ? fromFile : change.limit().or(fromFile);
  }

  /** The event's limit that holds at this time, or null. */
  public @Nullable LimitChange changeAt(Window window, long timeMs) {
    Changed changed = changes.get(window);
    return changed != null && changed.change().holdsAt(timeMs) ? changed.change() : null;
  }

  /** What was spent in the window that this time falls into. */
  public Spent spentAt(Window window, long timeMs) {
    Windows windows = window == Window.HOUR ? hours : days;
    return windows.at(window.bucketAt(timeMs));
  }

  public void write(Encoder to) throws IOException {
    hours.write(to);
    days.write(to);
    to.writeInt(changes.size());
    for (Map.Entry<Window, Changed> entry : changes.entrySet()) {
      to.writeInt(entry.getKey().code());
      to.writeLong(entry.getValue().stamp().occurredAtMs());
      to.writeLong(entry.getValue().stamp().tie());
      write(entry.getValue().change(), to);
    }
  }

  public static Budget read(Decoder from) throws IOException {
    Windows hours = Windows.read(from);
    Windows days = Windows.read(from);
    int count = from.readInt();
    Map<Window, Changed> changes = new EnumMap<>(Window.class);
    for (int i = 0; i < count; i++) {
      Window window = Window.ofCode(from.readInt());
      Stamp stamp = new Stamp(from.readLong(), from.readLong());
      changes.put(window, new Changed(stamp, readChange(from)));
    }
    return new Budget(hours, days, changes);
  }

  private static void write(LimitChange change, Encoder to) throws IOException {
    writeOptional(change.limit().tokens(), to);
    Usd usd = change.limit().usd();
    writeOptional(usd == null ? null : usd.pico(), to);
    to.writeString(change.by() == null ? "" : change.by());
    writeOptional(change.untilMs(), to);
  }

  private static LimitChange readChange(Decoder from) throws IOException {
    Long tokens = readOptional(from);
    Long pico = readOptional(from);
    String by = from.readString();
    return new LimitChange(
        new Limit(tokens, pico == null ? null : new Usd(pico)),
        by.isEmpty() ? null : by,
        readOptional(from));
  }

  private static void writeOptional(@Nullable Long value, Encoder to) throws IOException {
    to.writeBoolean(value != null);
    if (value != null) {
      to.writeLong(value);
    }
  }

  private static @Nullable Long readOptional(Decoder from) throws IOException {
    return from.readBoolean() ? from.readLong() : null;
  }
}
