package io.conductore.bench.peer;

import io.conductore.bench.peer.StoreWrites.Store;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The least that a fold can do with the product's store writes: drop an event it has seen, append
 * it to its stream, count it in each aggregate. No decoding, no rules. Like the product it
 * remembers the aggregates it wrote, so that only the first event of a key reads a store.
 */
final class BareProcessor implements Processor<byte[], byte[], Void, Void> {
  private static final int SESSION_EVENTS = 400;
  private static final byte[] SEEN = new byte[Store.IDS.valueBytes()];

  private final Map<Store, KeyValueStore<byte[], byte[]>> stores = new EnumMap<>(Store.class);
  private final Map<Store, Map<ByteBuffer, byte[]>> written = new EnumMap<>(Store.class);

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    written.clear();
    for (Store store : Store.values()) {
      stores.put(store, context.getStateStore(store.storeName()));
    }
  }

  @Override
  public void process(Record<byte[], byte[]> event) {
    RecordPeek peek = RecordPeek.at(event.value());
    KeyValueStore<byte[], byte[]> ids = store(Store.IDS);
    if (ids.get(peek.eventIdKey()) != null) {
      return;
    }
    ids.put(peek.eventIdKey(), SEEN);
    long ordinal = count(Store.AGENTS, event.key());
    store(Store.STREAMS).put(join(event.key(), ordinal), event.value());
    for (Store aggregate : StoreWrites.valueOf(peek.type()).stores()) {
      switch (aggregate) {
        case IDS, STREAMS, AGENTS -> {}
        case SESSIONS -> count(aggregate, join(event.key(), ordinal / SESSION_EVENTS));
        case COSTS -> count(aggregate, join(event.key(), peek.type().hashCode()));
      }
    }
  }

  private long count(Store aggregate, byte[] key) {
    var known = written.computeIfAbsent(aggregate, first -> new HashMap<>());
    ByteBuffer name = ByteBuffer.wrap(key);
    byte[] before = known.get(name);
    if (before == null) {
      before = store(aggregate).get(key);
    }
    byte[] after = before == null ? new byte[aggregate.valueBytes()] : before.clone();
    long count = ByteBuffer.wrap(after).getLong() + 1;
    ByteBuffer.wrap(after).putLong(count);
    store(aggregate).put(key, after);
    known.put(name, after);
    return count;
  }

  private KeyValueStore<byte[], byte[]> store(Store store) {
    KeyValueStore<byte[], byte[]> found = stores.get(store);
    if (found == null) {
      throw new IllegalStateException("no store " + store + " before init");
    }
    return found;
  }

  private static byte[] join(byte[] key, long number) {
    return ByteBuffer.allocate(key.length + Long.BYTES).put(key).putLong(number).array();
  }
}
