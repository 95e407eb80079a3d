package io.conductore.query.read;

import io.conductore.topology.activity.HourKey;
import io.conductore.topology.activity.Usage;
import io.conductore.topology.budget.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;

/** Costs hour by hour over the last so many UTC hours, the one that is open included. */
public record HourCosts(int hours, UsageView total, List<HourView> hourly, boolean complete) {

  /** One hour, from its first millisecond to its last. */
  public record HourView(
      Instant hour,
      long calls,
      long inputTokens,
      long outputTokens,
      long cacheCreationTokens,
      long cacheReadTokens,
      BigDecimal costUsd,
      long estimatedCalls) {
    private static HourView of(long epochHour, Usage usage) {
      return new HourView(
          Window.HOUR.startOf(epochHour),
          usage.calls(),
          usage.inputTokens(),
          usage.outputTokens(),
          usage.cacheCreationTokens(),
          usage.cacheReadTokens(),
          usage.cost().toDecimal(),
          usage.estimatedCalls());
    }
  }

  /** Every hour of the period, also those without a call. */
  public static HourCosts of(
      long fromHour, int hours, StoreReader.Rows<HourKey, Usage> found, Predicate<HourKey> wanted) {
    Map<Long, Usage> sums = new TreeMap<>();
    for (long hour = fromHour; hour < fromHour + hours; hour++) {
      sums.put(hour, Usage.NONE);
    }
    Usage total = Usage.NONE;
    for (KeyValue<HourKey, Usage> row : found.rows()) {
      if (wanted.test(row.key)) {
        sums.computeIfPresent(row.key.epochHour(), (hour, sum) -> sum.plus(row.value));
        total = total.plus(row.value);
      }
    }
    List<HourView> hourly = new ArrayList<>(hours);
    sums.forEach((hour, usage) -> hourly.add(HourView.of(hour, usage)));
    return new HourCosts(hours, UsageView.of(UsageView.Of.ALL, total), hourly, found.complete());
  }
}
