package io.conductore.bench.http;

import java.util.concurrent.locks.LockSupport;

/** Monotonic time and waiting; comes in so that a test can stop the world for half a second. */
interface NanoClock {
  long nanoTime();

  /** Returns at or after the given reading. */
  void sleepUntil(long nanoTime);

  static NanoClock system() {
    return new NanoClock() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void sleepUntil(long due) {
        for (long left = due - nanoTime(); left > 0; left = due - nanoTime()) {
          LockSupport.parkNanos(left);
        }
      }
    };
  }
}
