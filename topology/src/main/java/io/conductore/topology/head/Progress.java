package io.conductore.topology.head;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each active task has folded its log: the position that an answer may claim. Our own
 * record of it, because the Position of interactive queries is empty after a rebuild
 * (reliability.md, F2) and silently ignored with requireActive (F1). Thread-safe: stream threads
 * write, queries read and wait.
 */
public final class Progress {
  private static final long UNKNOWN = -1;

  /** A task that starts anew takes its position back, and its waiters have to look again. */
  private static final long LOOK_AGAIN_NS = Duration.ofMillis(500).toNanos();

  private final Map<TopicPartition, AtomicLong> nextOffsets = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Waiters> waiters = new ConcurrentHashMap<>();

  /** A task's pen: it says where it is after each record. */
  public static final class Pen {
    private final AtomicLong next;
    private final Waiters waiters;

    private Pen(AtomicLong next, Waiters waiters) {
      this.next = next;
      this.waiters = waiters;
    }

    /** The record at this offset is folded into every store. */
    public void folded(long offset) {
      // Ordered after the store writes of the same thread, so that readers see at least those, and
      // before the look at who waits, so that nobody waits for what is here.
      next.set(offset + 1);
      waiters.reached(offset + 1);
    }
  }

  /** Begins a new life of the task: what an earlier one reached may have been rolled back. */
  public Pen open(String topic, int partition) {
    TopicPartition place = new TopicPartition(topic, partition);
    AtomicLong next = new AtomicLong(UNKNOWN);
    nextOffsets.put(place, next);
    return new Pen(next, waiters(place));
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
      waiters(partition).reached(next.accumulateAndGet(nextOffset, Math::max));
    }
  }

  /** The offset of the next record to fold; empty while it is not known here. */
  public OptionalLong position(String topic, int partition) {
    AtomicLong next = nextOffsets.get(new TopicPartition(topic, partition));
    long value = next == null ? UNKNOWN : next.get();
    return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /**
   * Returns when everything before this offset is folded; false when the time is over first or the
   * thread is interrupted. The stream thread wakes whoever waits, so an answer comes at once.
   */
  public boolean await(String topic, int partition, long nextOffset, Duration atMost) {
    long deadlineNs = System.nanoTime() + atMost.toNanos();
    if (isAt(topic, partition, nextOffset)) {
      return true;
    }
    Waiters here = waiters(new TopicPartition(topic, partition));
    while (true) {
      long leftNs = deadlineNs - System.nanoTime();
      if (leftNs <= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      Waiters.Ticket ticket = here.enter(nextOffset);
      try {
        // Only now: what is folded from here on wakes this thread.
        if (isAt(topic, partition, nextOffset)) {
          return true;
        }
        LockSupport.parkNanos(here, Math.min(leftNs, LOOK_AGAIN_NS));
      } finally {
        here.leave(ticket);
      }
    }
  }

  private boolean isAt(String topic, int partition, long nextOffset) {
    OptionalLong here = position(topic, partition);
    return here.isPresent() && here.getAsLong() >= nextOffset;
  }

  private Waiters waiters(TopicPartition place) {
    return waiters.computeIfAbsent(place, first -> new Waiters());
  }
}
