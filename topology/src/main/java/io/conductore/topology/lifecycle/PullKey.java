package io.conductore.topology.lifecycle;

import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;

/**
 * A pull request and an issue that it was opened for; sorts by repository, pull request, issue. One
 * pull request may close several issues.
 */
public record PullKey(String repo, int prNumber, int issueNumber) {
  public static final Serde<PullKey> SERDE = Keys.serde(PullKey::toBytes, PullKey::fromBytes);

  public String issue() {
    return repo + "#" + issueNumber;
  }

  private byte[] toBytes() {
    byte[] name = Keys.ofTexts(repo);
    return ByteBuffer.allocate(name.length + 2 * Integer.BYTES)
        .put(name)
        .putInt(prNumber)
        .putInt(issueNumber)
        .array();
  }

  private static PullKey fromBytes(byte[] bytes) {
    int textEnd = bytes.length - 2 * Integer.BYTES;
    String repo = Keys.texts(ByteBuffer.wrap(bytes, 0, textEnd)).getFirst();
    ByteBuffer numbers = ByteBuffer.wrap(bytes, textEnd, 2 * Integer.BYTES);
    return new PullKey(repo, numbers.getInt(), numbers.getInt());
  }
}
