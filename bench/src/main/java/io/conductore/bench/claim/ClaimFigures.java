package io.conductore.bench.claim;

import io.conductore.bench.http.LoadOutcome;
import io.conductore.bench.report.Bar;
import io.conductore.bench.report.Bar.Direction;
import io.conductore.bench.report.Figures;
import io.conductore.bench.report.Findings;
import io.conductore.bench.report.Table;
import io.conductore.bench.stats.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What claims and heartbeats came to: the bars and the tables. */
final class ClaimFigures {

  static final String PRODUCT = "product";
  static final String POSTGRES = "PostgreSQL, SKIP LOCKED";
  static final String POSTGRES_BUFFERED = "PostgreSQL, SKIP LOCKED, not flushed to disk";
  private static final double P99_MS_MAX = 50;
  private static final double CORE_PERCENT_MAX = 5;

  private final Map<String, List<LoadOutcome>> outcomes = new LinkedHashMap<>();
  private final Map<String, List<Double>> stolenPercent = new LinkedHashMap<>();

  void add(String name, LoadOutcome outcome, double stolen) {
    outcomes.computeIfAbsent(name, first -> new ArrayList<>()).add(outcome);
    stolenPercent.computeIfAbsent(name, first -> new ArrayList<>()).add(stolen);
  }

  void addTo(Findings findings) {
    Series p99 = series(PRODUCT, outcome -> outcome.latency().p99Nanos() / 1e6);
    Series ratio =
        series(PRODUCT, LoadOutcome::perSecond).over(series(POSTGRES, LoadOutcome::perSecond));
    findings.add(new Bar(
        "claim p99 in ms, 16 clients", Direction.UNDER, P99_MS_MAX, null, p99, Figures::ratio));
    findings.add(
        new Bar("claims/s × PostgreSQL", Direction.AT_LEAST, 1, null, ratio, Figures::ratio));
    findings.add(table());
  }

  static void addHeartbeats(Findings findings, HeartbeatCost.Share share, double stolen) {
    findings.add(new Bar(
        "percent of one core for 10,000 agents' heartbeats",
        Direction.UNDER,
        CORE_PERCENT_MAX,
        null,
        new Series(List.of(share.costPercent())),
        Figures::decimal));
    findings.add(new Table(
        "Heartbeats",
        Figures.whole(HeartbeatCost.AGENTS)
            + " agents, a heartbeat a minute each, in a batch of "
            + HeartbeatCost.BEATS_PER_SECOND
            + " a second, for 30 s; processor time of the whole process (broker, application, API)"
            + " as the kernel counts it, and the same for 30 s of silence. The cost is the"
            + " difference.",
        Table.Row.of("% of a core, beating", "% of a core, silent", "cost", "stolen %"),
        List.of(Table.Row.of(
            Figures.decimal(share.beatingPercent()),
            Figures.decimal(share.idlePercent()),
            "**" + Figures.decimal(share.costPercent()) + "**",
            Figures.percent(stolen)))));
  }

  private Series series(String name, ToDoubleFunction<LoadOutcome> figure) {
    return new Series(outcomes.getOrDefault(name, List.of()).stream()
        .map(figure::applyAsDouble)
        .toList());
  }

  private Table table() {
    List<Table.Row> rows = outcomes.keySet().stream().map(this::row).toList();
    return new Table(
        "Claims",
        """
        %d clients in a closed loop on a queue of mixed priorities that never runs empty. The
        product is asked over HTTP, each claim by another agent, and checked: the queue loses as
        many issues as there were answers. PostgreSQL is asked over prepared statements: select for
        update skip locked, update, commit; no stream, no capacity, no lease that expires. Load and
        server share the cores.""".formatted(ClaimComparison.CLIENTS),
        Table.Row.of(
            "who",
            "n",
            "claims/s",
            "× PostgreSQL",
            "p50 ms",
            "p99 ms",
            "max ms",
            "rounds",
            "stolen %"),
        rows);
  }

  private Table.Row row(String name) {
    List<LoadOutcome> rounds = outcomes.getOrDefault(name, List.of());
    Series rate = series(name, LoadOutcome::perSecond);
    return Table.Row.of(
        name,
        Figures.whole(
            rounds.stream().mapToLong(outcome -> outcome.latency().n()).sum()),
        "**" + Figures.whole(rate.median()) + "**",
        Figures.ratio(rate.over(series(POSTGRES, LoadOutcome::perSecond)).median()),
        Figures.millis(series(name, outcome -> outcome.latency().p50Nanos()).median()),
        Figures.millis(series(name, outcome -> outcome.latency().p99Nanos()).median()),
        Figures.millis(series(name, outcome -> outcome.latency().maxNanos()).max()),
        Figures.rounds(rate, Figures::whole),
        Figures.rounds(new Series(stolenPercent.getOrDefault(name, List.of())), Figures::percent));
  }
}
