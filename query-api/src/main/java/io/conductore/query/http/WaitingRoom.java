package io.conductore.query.http;

import java.util.HashSet;
import java.util.Set;

/**
 * The requests that stay open until there is something to say: so many at once and no more, and all
 * of them sent home when the API stops. A request waits on its own virtual thread. Thread-safe.
 */
public final class WaitingRoom {
  private final int waitingMax;
  private final Set<Thread> waiting = new HashSet<>();
  private boolean open = true;

  public WaitingRoom(int waitingMax) {
    this.waitingMax = waitingMax;
  }

  /** False when there is no room; else the calling thread may wait and has to leave. */
  public synchronized boolean enter() {
    return open && waiting.size() < waitingMax && waiting.add(Thread.currentThread());
  }

  /** Takes back an interruption that was meant for the wait. */
  public synchronized void leave() {
    if (waiting.remove(Thread.currentThread()) && !open) {
      Thread.interrupted();
    }
  }

  public synchronized boolean isOpen() {
    return open;
  }

  /** Interrupts whoever waits; nobody enters any more. */
  public synchronized void close() {
    open = false;
    waiting.forEach(Thread::interrupt);
  }
}
