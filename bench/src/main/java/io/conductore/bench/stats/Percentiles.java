package io.conductore.bench.stats;

/** Nearest-rank percentiles: every answer is a latency that some request really had. */
public record Percentiles(long n, long p50Nanos, long p99Nanos, long maxNanos) {

  /** Reads ascending values. */
  public static Percentiles ofSorted(long[] ascendingNanos) {
    int n = ascendingNanos.length;
    if (n == 0) {
      throw new IllegalArgumentException("no percentile of nothing");
    }
    return new Percentiles(
        n, rank(ascendingNanos, 50), rank(ascendingNanos, 99), ascendingNanos[n - 1]);
  }

  private static long rank(long[] ascending, int percent) {
    long rank = Math.ceilDiv((long) ascending.length * percent, 100);
    return ascending[(int) rank - 1];
  }
}
