package io.conductore.query.read;

import io.conductore.topology.activity.Usage;
import io.conductore.topology.lifecycle.IssueState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the issues cost that were merged in a period, from their first call on, in or before it.
 *
 * @param perIssueUsd null when none was merged; rounded to the micro-dollar
 */
public record MergedView(
    long issues, BigDecimal costUsd, @Nullable BigDecimal perIssueUsd) {
  private static final int MICRO_DOLLAR = 6;
  private static final List<String> AFTER_MERGE = List.of("deploying", "done");

  public static MergedView of(Set<String> merged, CostReport allTime) {
    Usage cost = allTime.ofIssues(merged);
    BigDecimal total = cost.cost().toDecimal();
    return new MergedView(
        merged.size(),
        total,
        merged.isEmpty()
            ? null
            : total.divide(
                BigDecimal.valueOf(merged.size()), MICRO_DOLLAR, RoundingMode.HALF_EVEN));
  }

  /** The issues that were merged on these UTC days, both ends included. */
  public static Set<String> merged(Stream<IssueState> issues, LocalDate from, LocalDate to) {
    long fromMs = from.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    long endMs = to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    return issues
        .filter(issue -> mergedAtMs(issue) >= fromMs && mergedAtMs(issue) < endMs)
        .map(IssueState::streamId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Beyond every date if it was not. */
  private static long mergedAtMs(IssueState issue) {
    return AFTER_MERGE.stream()
        .mapToLong(phase -> issue.times().enteredMs().getOrDefault(phase, Long.MAX_VALUE))
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
