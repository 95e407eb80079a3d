package io.conductore.topology.head;

import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Who waits for which offset of one partition. The stream thread asks after every record, so an
 * empty room must cost next to nothing, and it wakes only those whose offset has come.
 */
final class Waiters {
  private final ConcurrentNavigableMap<Ticket, Thread> byOffset = new ConcurrentSkipListMap<>();
  private final AtomicLong tickets = new AtomicLong();

  /** One thread's place in the room; the number tells those of one offset apart. */
  record Ticket(long nextOffset, long number) implements Comparable<Ticket> {
    @Override
    public int compareTo(Ticket other) {
      int byOffset = Long.compare(nextOffset, other.nextOffset);
      return byOffset != 0 ? byOffset : Long.compare(number, other.number);
    }
  }

  /** The calling thread is woken when the offset comes, until it leaves. */
  Ticket enter(long nextOffset) {
    Ticket ticket = new Ticket(nextOffset, tickets.getAndIncrement());
    byOffset.put(ticket, Thread.currentThread());
    return ticket;
  }

  void leave(Ticket ticket) {
    byOffset.remove(ticket);
  }

  void reached(long nextOffset) {
    Map.Entry<Ticket, Thread> first = byOffset.firstEntry();
    while (first != null && first.getKey().nextOffset() <= nextOffset) {
      byOffset.remove(first.getKey());
      LockSupport.unpark(first.getValue());
      first = byOffset.firstEntry();
    }
  }
}
