package io.conductore.topology.dispatch;

import io.conductore.topology.state.Keys;
import java.nio.ByteBuffer;
import java.util.Comparator;
import org.apache.kafka.common.serialization.Serde;

/**
 * A place in a pool's queue. Sorts as work is handed out: what may go before what waits for other
 * issues, then by priority, age and name.
 */
public record QueueKey(String pool, Lane lane, Priority priority, long approvedAtMs, String issue)
    implements Comparable<QueueKey> {

  /** Whether the issue may be handed out. */
  public enum Lane {
    READY,
    /** Waits for the issues that it depends on. */
    HELD
  }

  public static final Serde<QueueKey> SERDE = Keys.serde(QueueKey::toBytes, QueueKey::fromBytes);

  private static final Comparator<QueueKey> ORDER = Comparator.comparing(QueueKey::pool)
      .thenComparing(QueueKey::lane)
      .thenComparing(QueueKey::priority)
      .thenComparingLong(QueueKey::approvedAtMs)
      .thenComparing(QueueKey::issue);

  /** Before every place of the lane; nothing is at it. */
  public static QueueKey first(String pool, Lane lane) {
    return new QueueKey(pool, lane, Priority.CRITICAL, Long.MIN_VALUE, "");
  }

  @Override
  public int compareTo(QueueKey other) {
    return ORDER.compare(this, other);
  }

  private byte[] toBytes() {
    byte[] poolText = Keys.ofTexts(pool);
    byte[] issueText = Keys.ofTexts(issue);
    return ByteBuffer.allocate(poolText.length + 2 + Long.BYTES + issueText.length)
        .put(poolText)
        .put((byte) (lane == Lane.READY ? 0 : 1))
        .put((byte) priority.code())
        // Unsigned order of bytes is then the order of the numbers.
        .putLong(approvedAtMs ^ Long.MIN_VALUE)
        .put(issueText)
        .array();
  }

  private static QueueKey fromBytes(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new QueueKey(
        Keys.text(from),
        from.get() == 0 ? Lane.READY : Lane.HELD,
        Priority.ofCode(from.get()),
        from.getLong() ^ Long.MIN_VALUE,
        Keys.text(from));
  }
}
