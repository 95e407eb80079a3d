package io.conductore.topology;

import io.conductore.topology.state.Table;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** A store in memory: rows pass through their bytes, in the order of a store's keys. */
public final class Rows<K, V> implements Table<K, V> {
  private final TreeMap<byte[], byte[]> bytes = new TreeMap<>(Arrays::compareUnsigned);
  private final Serde<K> keys;
  private final Serde<V> values;

  public Rows(Serde<K> keys, Serde<V> values) {
    this.keys = keys;
    this.values = values;
  }

  @Override
  public @Nullable V get(K key) {
    return values.deserializer().deserialize("rows", bytes.get(key(key)));
  }

  @Override
  public void put(K key, V row) {
    bytes.put(key(key), values.serializer().serialize("rows", row));
  }

  @Override
  public void drop(K key) {
    bytes.remove(key(key));
  }

  @Override
  public void each(BiConsumer<K, V> action) {
    for (Map.Entry<byte[], byte[]> row : List.copyOf(bytes.entrySet())) {
      action.accept(
          keys.deserializer().deserialize("rows", row.getKey()),
          values.deserializer().deserialize("rows", row.getValue()));
    }
  }

  /** Every byte of every row, for a comparison. */
  public List<String> bytes() {
    return bytes.entrySet().stream()
        .map(row ->
            HexFormat.of().formatHex(row.getKey()) + "=" + HexFormat.of().formatHex(row.getValue()))
        .toList();
  }

  private byte[] key(K key) {
    return keys.serializer().serialize("rows", key);
  }
}
