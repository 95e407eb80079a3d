package io.conductore.topology.cursor;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * Where one agent stands in its inbox. Ordinals are dense from 1; those from {@code first} to
 * {@code lastQueued} are kept, and nothing ever goes back.
 *
 * @param first the oldest entry that is kept, one more than lastQueued while there is none
 * @param delivered the newest entry that was in an answer
 * @param acknowledged the newest entry that the agent has processed
 * @param lost how many entries were dropped before they were acknowledged
 */
public record Cursor(
    String agentId,
    Subscription subscription,
    long first,
    long lastQueued,
    long delivered,
    long acknowledged,
    long lost) {
  /** An agent that reads nothing loses its oldest entries, and is told how many. */
  public static final int UNACKNOWLEDGED_MAX = 1_000;

  /** How many of the newest acknowledged entries stay for whoever looks. */
  public static final int ACKNOWLEDGED_KEPT = 100;

  public static final StateSerde<Cursor> SERDE = new CursorSerde();

  public static Cursor opening(String agentId) {
    return new Cursor(agentId, Subscription.NONE, 1, 0, 0, 0, 0);
  }

  /** How many entries wait to be acknowledged. */
  public long waiting() {
    return lastQueued - Math.max(acknowledged, first - 1);
  }

  Cursor subscribed(Subscription said) {
    return new Cursor(agentId, said, first, lastQueued, delivered, acknowledged, lost);
  }

  /** After one more entry, whose ordinal is the new lastQueued. */
  Cursor queued() {
    long last = lastQueued + 1;
    long oldestWaiting = Math.max(acknowledged + 1, first);
    boolean full = last - oldestWaiting >= UNACKNOWLEDGED_MAX;
    return new Cursor(
        agentId,
        subscription,
        full ? oldestWaiting + 1 : first,
        last,
        delivered,
        acknowledged,
        full ? lost + 1 : lost);
  }

  /** What was never queued cannot have been delivered. */
  Cursor delivered(long ordinal) {
    return ordinal <= delivered || ordinal > lastQueued
        ? this
        : new Cursor(agentId, subscription, first, lastQueued, ordinal, acknowledged, lost);
  }

  /** What was processed was delivered, whether or not that was said. */
  Cursor acknowledged(long ordinal) {
    return ordinal <= acknowledged || ordinal > lastQueued
        ? this
        : new Cursor(
            agentId,
            subscription,
            Math.max(first, ordinal - ACKNOWLEDGED_KEPT + 1),
            lastQueued,
            Math.max(delivered, ordinal),
            ordinal,
            lost);
  }

  private static final class CursorSerde extends StateSerde<Cursor> {
    private CursorSerde() {
      super(1);
    }

    @Override
    protected void write(Cursor cursor, Encoder to) throws IOException {
      to.writeString(cursor.agentId());
      writeTexts(cursor.subscription().types(), to);
      to.writeBoolean(cursor.subscription().all());
      to.writeInt(cursor.subscription().slots());
      to.writeLong(cursor.first());
      to.writeLong(cursor.lastQueued());
      to.writeLong(cursor.delivered());
      to.writeLong(cursor.acknowledged());
      to.writeLong(cursor.lost());
    }

    @Override
    protected Cursor read(int writtenVersion, Decoder from) throws IOException {
      return new Cursor(
          from.readString(),
          new Subscription(readTexts(from), from.readBoolean(), from.readInt()),
          from.readLong(),
          from.readLong(),
          from.readLong(),
          from.readLong(),
          from.readLong());
    }
  }
}
