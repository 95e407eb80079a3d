package io.conductore.topology.metering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cumulative counter since one start. Its total is the sum of the rises between neighbouring
 * readings by time; a reading that is less than the one before shows that the counter began anew
 * without saying so, and counts whole. The newest {@value #READINGS_KEPT} readings are kept in
 * order, so that one that comes late finds its place; one that is later than that is dropped.
 *
 * @param startMs since when it counts; 0 where the exporter does not know
 * @param settled the total up to the anchor
 * @param anchor the newest reading that is no longer kept
 * @param readings oldest first
 */
record Run(long startMs, long settled, @Nullable Reading anchor, List<Reading> readings) {
  /** Exports come once a minute; a quarter of an hour may be out of order. */
  static final int READINGS_KEPT = 16;

  /** What a counter said at a time. */
  record Reading(long atMs, long amount) {
    private static final Comparator<Reading> BY_TIME = Comparator.comparingLong(Reading::atMs);

    /** What was counted since the reading before. */
    private long rise(@Nullable Reading before) {
      return before == null || before.amount() > amount ? amount : amount - before.amount();
    }
  }

  Run {
    readings = List.copyOf(readings);
  }

  static Run opening(long startMs) {
    return new Run(startMs, 0, null, List.of());
  }

  Run apply(Reading reading) {
    if (anchor != null && reading.atMs() <= anchor.atMs()) {
      return this;
    }
    List<Reading> next = new ArrayList<>(readings);
    int at = Collections.binarySearch(next, reading, Reading.BY_TIME);
    if (at >= 0) {
      // One instant has one reading; of two that differ the larger, whichever came first.
      next.set(at, next.get(at).amount() >= reading.amount() ? next.get(at) : reading);
    } else {
      next.add(-at - 1, reading);
    }
    if (next.size() <= READINGS_KEPT) {
      return new Run(startMs, settled, anchor, next);
    }
    Reading oldest = next.removeFirst();
    return new Run(startMs, Amounts.sum(settled, oldest.rise(anchor)), oldest, next);
  }

  long total() {
    long total = settled;
    Reading before = anchor;
    for (Reading reading : readings) {
      total = Amounts.sum(total, reading.rise(before));
      before = reading;
    }
    return total;
  }

  /** There is always one. */
  long newestMs() {
    return readings.getLast().atMs();
  }
}
