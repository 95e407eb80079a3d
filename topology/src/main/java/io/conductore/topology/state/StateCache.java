package io.conductore.topology.state;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Decoded values of a store that one task writes, so that a hot key is not read and decoded for
 * each event. Every write goes straight to the store: queries see it at once. Values are immutable;
 * not thread-safe.
 */
public final class StateCache<K, V> {
  private static final float LOAD_FACTOR = 0.75f;

  private final KeyValueStore<K, V> store;
  private final Map<K, V> decoded;

  public StateCache(KeyValueStore<K, V> store, int entriesMax) {
    this.store = store;
    this.decoded = new LinkedHashMap<>(256, LOAD_FACTOR, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > entriesMax;
      }
    };
  }

  public @Nullable V get(K key) {
    V known = decoded.get(key);
    if (known != null) {
      return known;
    }
    V stored = store.get(key);
    if (stored != null) {
      decoded.put(key, stored);
    }
    return stored;
  }

  public void drop(K key) {
    store.delete(key);
    decoded.remove(key);
  }

  public void put(K key, V value) {
    store.put(key, value);
    decoded.put(key, value);
  }
}
