package io.conductore.topology.state;

import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Rows by key: a store of the task, or whatever a test puts in its place. */
public interface Table<K, V> {
  @Nullable
  V get(K key);

  void put(K key, V row);

  void drop(K key);

  /** All rows, of all pools. */
  void each(BiConsumer<K, V> action);

  static <K, V> Table<K, V> of(KeyValueStore<K, V> store) {
    return new Stored<>(store);
  }

  /** The same for rows that are read again and again: so many of them stay decoded. */
  static <K, V> Table<K, V> cached(KeyValueStore<K, V> store, int rowsMax) {
    return new Cached<>(new Stored<>(store), new StateCache<>(store, rowsMax));
  }

  /** A store of the task. */
  record Stored<K, V>(KeyValueStore<K, V> store) implements Table<K, V> {
    @Override
    public @Nullable V get(K key) {
      return store.get(key);
    }

    @Override
    public void put(K key, V row) {
      store.put(key, row);
    }

    @Override
    public void drop(K key) {
      store.delete(key);
    }

    @Override
    public void each(BiConsumer<K, V> action) {
      try (KeyValueIterator<K, V> rows = store.all()) {
        while (rows.hasNext()) {
          KeyValue<K, V> row = rows.next();
          action.accept(row.key, row.value);
        }
      }
    }
  }

  /** A store of the task, with what was read or written last at hand. */
  record Cached<K, V>(Stored<K, V> stored, StateCache<K, V> decoded) implements Table<K, V> {
    @Override
    public @Nullable V get(K key) {
      return decoded.get(key);
    }

    @Override
    public void put(K key, V row) {
      decoded.put(key, row);
    }

    @Override
    public void drop(K key) {
      decoded.drop(key);
    }

    @Override
    public void each(BiConsumer<K, V> action) {
      stored.each(action);
    }
  }
}
