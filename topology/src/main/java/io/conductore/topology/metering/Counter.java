package io.conductore.topology.metering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One cumulative counter: the sum of its runs, for each process of a session counts from its own
 * start, and several may run at once. The {@value #RUNS_KEPT} runs that were read last are
 * followed; the others are settled, and what still comes of them is dropped.
 *
 * @param settled the total of the settled runs
 * @param settledStartMs the newest start among them
 * @param runs by start
 */
record Counter(MeterKind kind, long settled, long settledStartMs, List<Run> runs) {
  static final int RUNS_KEPT = 4;

  private static final Comparator<Run> READ_LAST = Comparator.comparingLong(Run::newestMs);

  Counter {
    runs = List.copyOf(runs);
  }

  static Counter opening(MeterKind kind) {
    return new Counter(kind, 0, Long.MIN_VALUE, List.of());
  }

  Counter apply(long startMs, Run.Reading reading) {
    List<Run> next = new ArrayList<>(runs.size() + 1);
    boolean known = false;
    for (Run run : runs) {
      known |= run.startMs() == startMs;
      next.add(run.startMs() == startMs ? run.apply(reading) : run);
    }
    if (known) {
      return new Counter(kind, settled, settledStartMs, next);
    }
    if (startMs <= settledStartMs) {
      return this;
    }
    next.add(Run.opening(startMs).apply(reading));
    next.sort(Comparator.comparingLong(Run::startMs));
    if (next.size() <= RUNS_KEPT) {
      return new Counter(kind, settled, settledStartMs, next);
    }
    Run ended = next.stream().min(READ_LAST).orElseThrow();
    next.remove(ended);
    return new Counter(
        kind, Amounts.sum(settled, ended.total()), Math.max(settledStartMs, ended.startMs()), next);
  }

  long total() {
    return runs.stream().mapToLong(Run::total).reduce(settled, Amounts::sum);
  }
}
