package io.conductore.topology.dispatch;

import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import java.util.Comparator;
import org.apache.kafka.common.serialization.Serde;

/**
 * What is leased: an issue, or one pull request's review; sorts by pool, then issue.
 *
 * @param prNumber 0 for work
 */
public record LeaseKey(String pool, String issue, Kind kind, int prNumber)
    implements Comparable<LeaseKey> {
  public static final Serde<LeaseKey> SERDE = Keys.serde(LeaseKey::toBytes, LeaseKey::fromBytes);
  private static final Comparator<LeaseKey> ORDER = Comparator.comparing(LeaseKey::pool)
      .thenComparing(LeaseKey::issue)
      .thenComparing(LeaseKey::kind)
      .thenComparingInt(LeaseKey::prNumber);

  public static LeaseKey work(String pool, String issue) {
    return new LeaseKey(pool, issue, Kind.WORK, 0);
  }

  public static LeaseKey review(String pool, String issue, int prNumber) {
    return new LeaseKey(pool, issue, Kind.REVIEW, prNumber);
  }

  @Override
  public int compareTo(LeaseKey other) {
    return ORDER.compare(this, other);
  }

  private byte[] toBytes() {
    byte[] texts = Keys.ofTexts(pool, issue);
    return ByteBuffer.allocate(texts.length + 1 + Integer.BYTES)
        .put(texts)
        .put((byte) (kind == Kind.WORK ? 0 : 1))
        .putInt(prNumber)
        .array();
  }

  private static LeaseKey fromBytes(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new LeaseKey(
        Keys.text(from), Keys.text(from), from.get() == 0 ? Kind.WORK : Kind.REVIEW, from.getInt());
  }
}
