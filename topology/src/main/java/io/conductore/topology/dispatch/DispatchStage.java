package io.conductore.topology.dispatch;

import io.conductore.schemas.Feed;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.head.EventRefused;
import io.conductore.topology.head.FeedStage;
import io.conductore.topology.head.Outlets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Folds the pools' logs: runs out what is due by the record's time, then what the record says, then
 * forgets a few old claims.
 */
public final class DispatchStage implements FeedStage<DispatchRecord> {
  /** How often to look whether a lease is due. */
  static final Duration TICK = Duration.ofSeconds(1);

  /** How long to wait for the fold before it is reminded of the same lease. */
  static final Duration TICK_AGAIN = Duration.ofSeconds(5);

  /** More wait for the next record, so that no record takes long. */
  static final int EXPIRED_PER_RECORD_MAX = 100;

  static final int SWEPT_PER_RECORD_MAX = 2;

  private final Dispatch dispatch;
  private @Nullable Life life;

  /** What lives as long as the task is assigned here. */
  private record Life(
      Tables tables, Map<String, Pool> pools, Map<String, Reminder> reminders, Outlets outlets) {}

  /** That a pool was told of a lease that is due. */
  private record Reminder(long dueMs, long toldAtMs) {}

  public DispatchStage(DispatchRules rules) {
    this.dispatch = new Dispatch(rules);
  }

  @Override
  public Feed feed() {
    return Feed.DISPATCH;
  }

  @Override
  public Class<DispatchRecord> type() {
    return DispatchRecord.class;
  }

  @Override
  public void open(ProcessorContext<byte[], byte[]> context, Outlets outlets) {
    Tables tables = Tables.of(context);
    life = new Life(tables, Pool.all(tables), new HashMap<>(), outlets);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::remind);
  }

  @Override
  public void fold(DispatchRecord record, Place place) {
    RecordCheck.check(record, place.key());
    Life now = life();
    Pool pool = now.pools().computeIfAbsent(place.key(), name -> new Pool(name, now.tables()));
    repeat(EXPIRED_PER_RECORD_MAX, () -> dispatch.expireNext(pool, place), pool);
    apply(decided(pool, record, place), pool);
    repeat(SWEPT_PER_RECORD_MAX, () -> dispatch.sweepNext(pool, place), pool);
    if (pool.isEmpty()) {
      now.pools().remove(place.key());
    }
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
        case Change.Emit(var event) -> life().outlets().event(event);
        case Change.Raise(var cause) -> life().outlets().cause(cause);
      }
    }
  }

  /** Says that time passes, where it matters; what then happens is for the fold to say. */
  private void remind(long nowMs) {
    Life now = life();
    now.reminders().keySet().retainAll(now.pools().keySet());
    now.pools().forEach((name, pool) -> {
      long dueMs = pool.dueMs();
      if (dueMs <= nowMs) {
        Reminder last = now.reminders().get(name);
        if (last == null
            || last.dueMs() != dueMs
            || nowMs - last.toldAtMs() >= TICK_AGAIN.toMillis()) {
          now.reminders().put(name, new Reminder(dueMs, nowMs));
          now.outlets().dispatch(name, new DispatchRecord.Tick());
        }
      }
    });
  }

  private Life life() {
    Life now = life;
    if (now == null) {
      throw new IllegalStateException("not open");
    }
    return now;
  }
}
