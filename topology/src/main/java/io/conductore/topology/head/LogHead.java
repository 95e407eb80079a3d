package io.conductore.topology.head;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Drops duplicates by event id inside a window and appends survivors to their stream. One instance
 * per task; not thread-safe. Two store writes an event; the window's size and cost are in
 * docs/decisions/0006-dedup-window.md.
 */
public final class LogHead {
  /** Every so many events the sweep looks at twice as many old ids, so it outruns the growth. */
  private static final int SWEEP_EVERY_EVENTS = 256;

  private static final int SWEEP_IDS = 512;

  private final KeyValueStore<byte[], SeenId> ids;
  private final KeyValueStore<StreamKey, byte[]> streams;
  private final long windowMs;
  private final long streamEntriesMax;
  private final LongSupplier wallClockMs;

  private long newestMs = Long.MIN_VALUE;
  private int sinceSweep;
  private byte @Nullable [] sweepFrom;

  /**
   * @param window how long an id is remembered, in log time
   * @param streamEntriesMax how many newest entries a stream keeps here; the log keeps all
   * @param wallClockMs bounds log time: no record is from the future
   */
  public LogHead(
      KeyValueStore<byte[], SeenId> ids,
      KeyValueStore<StreamKey, byte[]> streams,
      Duration window,
      long streamEntriesMax,
      LongSupplier wallClockMs) {
    this.ids = ids;
    this.streams = streams;
    this.windowMs = window.toMillis();
    this.streamEntriesMax = streamEntriesMax;
    this.wallClockMs = wallClockMs;
  }

  /** True when this id was appended within the window. */
  public boolean isDuplicate(byte[] idKey) {
    return ids.get(idKey) != null;
  }

  /** Remembers the id and appends the event's bytes at this ordinal. */
  public void append(byte[] idKey, StreamKey place, long recordedAtMs, byte[] event) {
    // One wrong clock must not expire the ids of others, nor its own at once: log time never jumps
    // or returns.
    newestMs = Math.max(newestMs, Math.min(recordedAtMs, wallClockMs.getAsLong()));
    ids.put(idKey, new SeenId(newestMs, place.ordinal()));
    streams.put(place, event);
    if (place.ordinal() > streamEntriesMax) {
      streams.delete(new StreamKey(place.streamId(), place.ordinal() - streamEntriesMax));
    }
    if (++sinceSweep >= SWEEP_EVERY_EVENTS) {
      sinceSweep = 0;
      sweep();
    }
  }

  /** Forgets expired ids a little at a time, in key order, round and round. */
  private void sweep() {
    try (KeyValueIterator<byte[], SeenId> old = ids.range(sweepFrom, null)) {
      byte[] last = null;
      for (int seen = 0; seen < SWEEP_IDS && old.hasNext(); seen++) {
        KeyValue<byte[], SeenId> entry = old.next();
        last = entry.key;
        if (entry.value.recordedAtMs() < newestMs - windowMs) {
          ids.delete(entry.key);
        }
      }
      sweepFrom = old.hasNext() ? last : null;
    }
  }
}
