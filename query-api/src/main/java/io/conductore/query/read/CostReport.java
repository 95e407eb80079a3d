package io.conductore.query.read;

import io.conductore.topology.activity.CostKey;
import io.conductore.topology.activity.Usage;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;

/** Sums rows of the cost table along one dimension or another. Pure. */
public final class CostReport {
  private final List<KeyValue<CostKey, Usage>> rows;

  public CostReport(List<KeyValue<CostKey, Usage>> rows) {
    this.rows = List.copyOf(rows);
  }

  public CostReport where(Predicate<CostKey> keep) {
    return new CostReport(rows.stream().filter(row -> keep.test(row.key)).toList());
  }

  public UsageView total() {
    return UsageView.of(
        UsageView.Of.ALL, rows.stream().map(row -> row.value).reduce(Usage.NONE, Usage::plus));
  }

  public List<UsageView> byAgentAndRepo() {
    return by(key -> UsageView.Of.agentRepo(key.agentId(), key.repo()));
  }

  public List<UsageView> byAgent() {
    return by(key -> UsageView.Of.agent(key.agentId()));
  }

  public List<UsageView> byModel() {
    return by(key -> UsageView.Of.model(key.model()));
  }

  public List<UsageView> byRepo() {
    return by(key -> UsageView.Of.repo(key.repo()));
  }

  public List<UsageView> byCategory() {
    return by(key -> UsageView.Of.category(key.category()));
  }

  public List<UsageView> byTenant() {
    return by(key -> UsageView.Of.tenant(key.tenant()));
  }

  public List<UsageView> byIssue() {
    return where(key -> key.issueNumber() != CostKey.NO_ISSUE)
        .by(key -> UsageView.Of.issue(key.repo(), key.issueNumber()));
  }

  /** What these issues cost together, of all that is in the rows. */
  public Usage ofIssues(Set<String> issues) {
    return rows.stream()
        .filter(row -> issues.contains(row.key.repo() + "#" + row.key.issueNumber()))
        .map(row -> row.value)
        .reduce(Usage.NONE, Usage::plus);
  }

  /** Every day of the period, also those without a call. */
  public List<UsageView> byDay(LocalDate from, LocalDate to) {
    Map<Integer, Usage> sums = new LinkedHashMap<>();
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      sums.put((int) day.toEpochDay(), Usage.NONE);
    }
    rows.forEach(row -> sums.computeIfPresent(row.key.epochDay(), (d, sum) -> sum.plus(row.value)));
    return sums.entrySet().stream()
        .map(entry -> UsageView.of(
            UsageView.Of.day(LocalDate.ofEpochDay(entry.getKey()).toString()), entry.getValue()))
        .toList();
  }

  /** Dearest first. */
  private List<UsageView> by(Function<CostKey, UsageView.Of> dimension) {
    Map<UsageView.Of, Usage> sums = new LinkedHashMap<>();
    rows.forEach(row -> sums.merge(dimension.apply(row.key), row.value, Usage::plus));
    return sums.entrySet().stream()
        .sorted(Comparator.comparing(
                (Map.Entry<UsageView.Of, Usage> entry) -> entry.getValue().cost())
            .reversed())
        .map(entry -> UsageView.of(entry.getKey(), entry.getValue()))
        .toList();
  }
}
