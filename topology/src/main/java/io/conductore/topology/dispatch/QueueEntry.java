package io.conductore.topology.dispatch;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * An issue that waits for an agent.
 *
 * @param issue repo#number
 * @param needs capabilities that the agent must have, sorted
 * @param blockedBy issues that must be merged or done before; empty when it may be handed out
 * @param attempt the number that the next assignment will have
 */
public record QueueEntry(
    String issue,
    @Nullable String title,
    @Nullable String milestone,
    Priority priority,
    List<String> needs,
    List<String> blockedBy,
    long approvedAtMs,
    int attempt) {
  public static final StateSerde<QueueEntry> SERDE = new EntrySerde();

  public QueueEntry {
    needs = List.copyOf(needs);
    blockedBy = List.copyOf(blockedBy);
  }

  /** Its place in the queue. */
  public QueueKey key(String pool) {
    QueueKey.Lane lane = blockedBy.isEmpty() ? QueueKey.Lane.READY : QueueKey.Lane.HELD;
    return new QueueKey(pool, lane, priority, approvedAtMs, issue);
  }

  /** The entry when one of the issues that it waits for is out of the way. */
  QueueEntry without(String blocker) {
    List<String> left =
        blockedBy.stream().filter(issue -> !issue.equals(blocker)).toList();
    return new QueueEntry(issue, title, milestone, priority, needs, left, approvedAtMs, attempt);
  }

  private static final class EntrySerde extends StateSerde<QueueEntry> {
    private EntrySerde() {
      super(1);
    }

    @Override
    protected void write(QueueEntry entry, Encoder to) throws IOException {
      to.writeString(entry.issue());
      writeText(entry.title(), to);
      writeText(entry.milestone(), to);
      to.writeInt(entry.priority().code());
      writeTexts(entry.needs(), to);
      writeTexts(entry.blockedBy(), to);
      to.writeLong(entry.approvedAtMs());
      to.writeInt(entry.attempt());
    }

    @Override
    protected QueueEntry read(int writtenVersion, Decoder from) throws IOException {
      return new QueueEntry(
          from.readString(),
          readText(from),
          readText(from),
          Priority.ofCode(from.readInt()),
          readTexts(from),
          readTexts(from),
          from.readLong(),
          from.readInt());
    }
  }
}
