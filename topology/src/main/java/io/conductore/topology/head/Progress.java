package io.conductore.topology.head;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each active task has folded its log: the position that an answer may claim. Our own
 * record of it, because the Position of interactive queries is empty after a rebuild
 * (reliability.md, F2) and silently ignored with requireActive (F1). Thread-safe: stream threads
 * write, queries read.
 */
public final class Progress {
  private static final long UNKNOWN = -1;

  private final Map<TopicPartition, AtomicLong> nextOffsets = new ConcurrentHashMap<>();

  /** A task's pen: it says where it is after each record. */
  public static final class Pen {
    private final AtomicLong next;

    private Pen(AtomicLong next) {
      this.next = next;
    }

    /** The record at this offset is folded into every store. */
    public void folded(long offset) {
      // Ordered after the store writes of the same thread; readers see at least those.
      next.setRelease(offset + 1);
    }
  }

  /** Begins a new life of the task: what an earlier one reached may have been rolled back. */
  public Pen open(String topic, int partition) {
    AtomicLong next = new AtomicLong(UNKNOWN);
    nextOffsets.put(new TopicPartition(topic, partition), next);
    return new Pen(next);
  }

  /** The task has left this instance. */
  public void close(String topic, int partition) {
    nextOffsets.remove(new TopicPartition(topic, partition));
  }

  /**
   * A committed offset: restored state holds everything before it, so it is a lower bound for a
   * task that has not met a record yet.
   */
  public void committed(TopicPartition partition, long nextOffset) {
    AtomicLong next = nextOffsets.get(partition);
    if (next != null) {
      next.accumulateAndGet(nextOffset, Math::max);
    }
  }

  /** The offset of the next record to fold; empty while it is not known here. */
  public OptionalLong position(String topic, int partition) {
    AtomicLong next = nextOffsets.get(new TopicPartition(topic, partition));
    long value = next == null ? UNKNOWN : next.getAcquire();
    return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
