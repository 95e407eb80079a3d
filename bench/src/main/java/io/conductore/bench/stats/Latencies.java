package io.conductore.bench.stats;

import java.util.Arrays;
import java.util.List;

/** The latencies that one worker saw, kept whole. Not for sharing between threads. */
public final class Latencies {
  private static final int INITIAL_COUNT = 4_096;

  private long[] nanos = new long[INITIAL_COUNT];
  private int count;

  public void record(long latencyNanos) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = latencyNanos;
  }

  public int count() {
    return count;
  }

  /** The percentiles over the requests of all workers. */
  public static Percentiles summarise(List<Latencies> workers) {
    long[] all = new long[workers.stream().mapToInt(Latencies::count).sum()];
    int at = 0;
    for (Latencies worker : workers) {
      System.arraycopy(worker.nanos, 0, all, at, worker.count);
      at += worker.count;
    }
    Arrays.sort(all);
    return Percentiles.ofSorted(all);
  }
}
