package io.conductore.topology.dispatch;

import io.conductore.schemas.Feed;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.head.FeedStage;
import io.conductore.topology.head.Outlets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * The pools' logs in the graph; reminds a pool of a lease that is due when nothing else happens.
 */
public final class DispatchStage implements FeedStage<DispatchRecord> {
  /** How often to look whether a lease is due. */
  static final Duration TICK = Duration.ofSeconds(1);

  /** How long to wait for the fold before it is reminded of the same lease. */
  static final Duration TICK_AGAIN = Duration.ofSeconds(5);

  private final Dispatch dispatch;
  private @Nullable Life life;

  /** What lives as long as the task is assigned here. */
  private record Life(PoolFold fold, Map<String, Reminder> reminders, Outlets outlets) {}

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
    PoolFold fold = new PoolFold(dispatch, Tables.of(context), outlets);
    life = new Life(fold, new HashMap<>(), outlets);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::remind);
  }

  @Override
  public void fold(DispatchRecord record, Place place) {
    life().fold().fold(record, place);
  }

  /** Says that time passes, where it matters; what then happens is for the fold to say. */
  private void remind(long nowMs) {
    Life now = life();
    Map<String, Long> due = now.fold().dueBy(nowMs);
    now.reminders().keySet().retainAll(due.keySet());
    due.forEach((pool, dueMs) -> {
      Reminder last = now.reminders().get(pool);
      if (last == null
          || last.dueMs() != dueMs
          || nowMs - last.toldAtMs() >= TICK_AGAIN.toMillis()) {
        now.reminders().put(pool, new Reminder(dueMs, nowMs));
        now.outlets().dispatch(pool, new DispatchRecord.Tick());
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
