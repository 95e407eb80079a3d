package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.topology.budget.Window;
import io.conductore.topology.state.Keys;
import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What agents spent hour by hour, for five weeks. A row that is new takes the place of the one from
 * five weeks before, so that the store does not grow; what an import brings in from longer ago is
 * in the days alone.
 */
final class CostHours {
  static final Duration KEPT = Duration.ofDays(35);

  private final KeyValueStore<HourKey, Usage> rows;

  CostHours(KeyValueStore<HourKey, Usage> rows) {
    this.rows = rows;
  }

  void add(AgentActivity event) {
    boolean recent = event.getRecordedAtMs() - event.getOccurredAtMs() < KEPT.toMillis();
    if (!recent || !(event.getPayload() instanceof TokenUsage call)) {
      return;
    }
    long hour = Window.HOUR.bucketAt(event.getOccurredAtMs());
    HourKey key = new HourKey(hour, event.getStreamId(), text(event.getTenant()));
    Usage before = rows.get(key);
    rows.put(key, sum(before == null ? Usage.NONE : before, Usage.of(call)));
    if (before == null) {
      rows.delete(key.hoursBefore(KEPT.toHours()));
    }
  }

  /** What leaves its range stays as it was: the finer rows are written by now. */
  private static Usage sum(Usage before, Usage call) {
    try {
      return before.plus(call);
    } catch (ArithmeticException outOfRange) {
      return before;
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : Keys.part(value);
  }
}
