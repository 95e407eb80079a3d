package io.conductore.topology.dispatch;

import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;

/** A pull request of an issue that is reviewed; sorts by pool, then issue. */
public record ReviewKey(String pool, String issue, int prNumber) {
  public static final Serde<ReviewKey> SERDE = Keys.serde(ReviewKey::toBytes, ReviewKey::fromBytes);

  private byte[] toBytes() {
    byte[] texts = Keys.ofTexts(pool, issue);
    return ByteBuffer.allocate(texts.length + Integer.BYTES)
        .put(texts)
        .putInt(prNumber)
        .array();
  }

  private static ReviewKey fromBytes(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new ReviewKey(Keys.text(from), Keys.text(from), from.getInt());
  }
}
