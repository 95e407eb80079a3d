package io.conductore.topology.budget;

import io.conductore.schemas.Usd;
import java.io.IOException;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * What was spent in the newest few windows, by window number. Keeping the greatest numbers seen
 * commutes: a window that falls out can never come back, whatever the order of the events.
 */
public record Windows(NavigableMap<Long, Spent> byBucket) {
  /** The current window, and late events for the few before it. */
  static final int WINDOWS_KEPT = 4;

  public static final Windows EMPTY = new Windows(new TreeMap<>());

  public Windows {
    byBucket = Collections.unmodifiableNavigableMap(byBucket);
  }

  public Windows plus(long bucket, Spent spent) {
    NavigableMap<Long, Spent> next = new TreeMap<>(byBucket);
    next.merge(bucket, spent, Spent::plus);
    if (next.size() > WINDOWS_KEPT) {
      next.pollFirstEntry();
    }
    return new Windows(next);
  }

  public Spent at(long bucket) {
    return byBucket.getOrDefault(bucket, Spent.NOTHING);
  }

  public void write(Encoder to) throws IOException {
    to.writeInt(byBucket.size());
    for (var entry : byBucket.entrySet()) {
      to.writeLong(entry.getKey());
      to.writeLong(entry.getValue().tokens());
      to.writeLong(entry.getValue().usd().pico());
    }
  }

  public static Windows read(Decoder from) throws IOException {
    int count = from.readInt();
    NavigableMap<Long, Spent> byBucket = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      byBucket.put(from.readLong(), new Spent(from.readLong(), new Usd(from.readLong())));
    }
    return new Windows(byBucket);
  }
}
