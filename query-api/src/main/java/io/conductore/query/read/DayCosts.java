package io.conductore.query.read;

import io.conductore.topology.activity.CostKey;
import io.conductore.topology.activity.Usage;
import io.conductore.topology.lifecycle.IssueState;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one UTC day cost: GET /api/reports/costs, and a record of rig.reports.
 *
 * @param complete false when there were more rows than one answer reads
 */
public record DayCosts(
    String report,
    String day,
    boolean complete,
    UsageView total,
    MergedView merged,
    List<UsageView> byAgent,
    List<UsageView> byTenant,
    List<UsageView> byRepo,
    List<UsageView> byIssue,
    List<UsageView> byModel,
    List<UsageView> byCategory) {
  private static final String COSTS = "costs";

  /** @param rows of all time: an issue that was merged today may have cost something before */
  public static DayCosts of(
      LocalDate day,
      StoreReader.Rows<CostKey, Usage> rows,
      Stream<IssueState> issues,
      boolean allIssues) {
    CostReport allTime = new CostReport(rows.rows());
    CostReport ofDay = allTime.where(key -> key.epochDay() == (int) day.toEpochDay());
    return new DayCosts(
        COSTS,
        day.toString(),
        rows.complete() && allIssues,
        ofDay.total(),
        MergedView.of(MergedView.merged(issues, day, day), allTime),
        ofDay.byAgent(),
        ofDay.byTenant(),
        ofDay.byRepo(),
        ofDay.byIssue(),
        ofDay.byModel(),
        ofDay.byCategory());
  }

  /** Asks the stores. */
  public static ReadOutcome<DayCosts> ask(Questions questions, LocalDate day) {
    return Questions.then(
        questions.issues(),
        issues -> Questions.map(
            questions.costs(),
            (rows, position) ->
                of(day, rows, issues.rows().stream().map(row -> row.value), issues.complete())));
  }
}
