package io.conductore.topology.dispatch;

import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/**
 * Something of a pool by its id; sorts by pool.
 *
 * @param id an issue (repo#number), an agent or a claim, by the store
 */
public record PoolKey(String pool, String id) {
  public static final Serde<PoolKey> SERDE = Keys.serde(PoolKey::toBytes, PoolKey::fromBytes);

  private byte[] toBytes() {
    return Keys.ofTexts(pool, id);
  }

  private static PoolKey fromBytes(byte[] bytes) {
    List<String> texts = Keys.texts(ByteBuffer.wrap(bytes));
    return new PoolKey(texts.get(0), texts.get(1));
  }
}
