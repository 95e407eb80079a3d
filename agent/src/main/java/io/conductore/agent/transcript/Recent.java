package io.conductore.agent.transcript;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers the newest entries and forgets the oldest beyond a limit. */
final class Recent<K, V> {
  private final Map<K, V> entries;

  Recent(int entriesMax) {
    entries = new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > entriesMax;
      }
    };
  }

  @Nullable
  V get(K key) {
    return entries.get(key);
  }

  /** Keeps the first value of a key; true when this was it. */
  boolean addIfNew(K key, V value) {
    return entries.putIfAbsent(key, value) == null;
  }

  @Nullable
  V remove(K key) {
    return entries.remove(key);
  }

  int size() {
    return entries.size();
  }
}
