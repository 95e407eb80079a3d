package io.conductore.topology.head;

import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;

/**
 * What is remembered of an event id inside the window: when it came, and its place in its stream.
 */
public record SeenId(long recordedAtMs, long ordinal) {
  public static final Serde<SeenId> SERDE = Keys.serde(SeenId::toBytes, SeenId::fromBytes);

  private byte[] toBytes() {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(recordedAtMs)
        .putLong(ordinal)
        .array();
  }

  private static SeenId fromBytes(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new SeenId(from.getLong(), from.getLong());
  }
}
