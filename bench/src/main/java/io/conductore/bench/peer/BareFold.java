package io.conductore.bench.peer;

import io.conductore.bench.peer.StoreWrites.Store;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** One source, one processor, the stores: the graph of the bare fold. */
public final class BareFold {
  private static final String SOURCE = "bare-source";
  private static final String FOLD = "bare-fold";

  private BareFold() {}

  public static Topology over(String topic) {
    Topology topology = new Topology();
    topology.addSource(
        SOURCE, Serdes.ByteArray().deserializer(), Serdes.ByteArray().deserializer(), topic);
    topology.addProcessor(FOLD, BareProcessor::new, SOURCE);
    for (Store store : Store.values()) {
      topology.addStateStore(persistent(store.storeName()), FOLD);
    }
    return topology;
  }

  private static StoreBuilder<KeyValueStore<byte[], byte[]>> persistent(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
        .withCachingDisabled();
  }
}
