package io.conductore.topology.dispatch;

import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.head.EventRefused;
import io.conductore.topology.head.FeedStage.Place;
import io.conductore.topology.head.Outlets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Applies a pool's log to its rows: runs out what is due by the record's time, then what the record
 * says, then forgets a few old claims.
 */
final class PoolFold {
  /** More wait for the next record, so that no record takes long. */
  static final int EXPIRED_PER_RECORD_MAX = 100;

  static final int SWEPT_PER_RECORD_MAX = 2;

  private final Dispatch dispatch;
  private final Tables tables;
  private final Outlets outlets;
  private final Map<String, Pool> pools;

  /** Finds all pools that have rows. */
  PoolFold(Dispatch dispatch, Tables tables, Outlets outlets) {
    this.dispatch = dispatch;
    this.tables = tables;
    this.outlets = outlets;
    this.pools = Pool.all(tables);
  }

  void fold(DispatchRecord record, Place place) {
    RecordCheck.check(record, place.key());
    Pool pool = pools.computeIfAbsent(place.key(), name -> new Pool(name, tables));
    repeat(EXPIRED_PER_RECORD_MAX, () -> dispatch.expireNext(pool, place), pool);
    apply(decided(pool, record, place), pool);
    repeat(SWEPT_PER_RECORD_MAX, () -> dispatch.sweepNext(pool, place), pool);
    if (pool.isEmpty()) {
      pools.remove(place.key());
    }
  }

  /** When the first lease of each pool is due, where it is by this time. */
  Map<String, Long> dueBy(long atMs) {
    Map<String, Long> due = new TreeMap<>();
    pools.forEach((name, pool) -> {
      if (pool.dueMs() <= atMs) {
        due.put(name, pool.dueMs());
      }
    });
    return due;
  }

  /** A bug in a rule costs its record, on every replay the same, and not the pool. */
  private List<Change> decided(Pool pool, DispatchRecord record, Place place) {
    try {
      return dispatch.decide(pool, record, place);
    } catch (RuntimeException bug) {
      throw new EventRefused("the rules failed: " + bug, bug);
    }
  }

  private void repeat(int timesMax, Supplier<List<Change>> next, Pool pool) {
    for (int times = 0; times < timesMax; times++) {
      List<Change> changes = next.get();
      if (changes.isEmpty()) {
        return;
      }
      apply(changes, pool);
    }
  }

  private void apply(List<Change> changes, Pool pool) {
    for (Change change : changes) {
      switch (change) {
        case Change.Row row -> pool.apply(row);
        case Change.Emit(var event) -> outlets.event(event);
        case Change.Raise(var cause) -> outlets.cause(cause);
      }
    }
  }
}
