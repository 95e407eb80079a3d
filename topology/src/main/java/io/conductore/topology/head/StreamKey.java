package io.conductore.topology.head;

import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;

/** One place in a stream; sorts by stream, then ordinal. */
public record StreamKey(String streamId, long ordinal) {
  public static final Serde<StreamKey> SERDE = Keys.serde(StreamKey::toBytes, StreamKey::fromBytes);

  private byte[] toBytes() {
    byte[] stream = Keys.ofTexts(streamId);
    return ByteBuffer.allocate(stream.length + Long.BYTES)
        .put(stream)
        .putLong(ordinal)
        .array();
  }

  private static StreamKey fromBytes(byte[] bytes) {
    int textEnd = bytes.length - Long.BYTES;
    String stream = Keys.texts(ByteBuffer.wrap(bytes, 0, textEnd)).getFirst();
    return new StreamKey(stream, ByteBuffer.wrap(bytes, textEnd, Long.BYTES).getLong());
  }
}
