package io.conductore.bench.server;

import io.conductore.bench.http.LoadOutcome;
import io.conductore.bench.report.Figures;
import io.conductore.bench.report.Table;
import io.conductore.bench.server.HttpLoad.Loop;
import io.conductore.bench.stats.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The outcomes of all HTTP loads, by what was asked of whom in which loop. */
final class HttpFigures {
  private final Map<Kind, List<LoadOutcome>> outcomes = new LinkedHashMap<>();
  private final Map<Kind, List<Double>> stolenPercent = new LinkedHashMap<>();

  /** One row of the table. */
  record Kind(String question, String server, Loop loop) {}

  void add(Kind kind, LoadOutcome outcome, double stolen) {
    outcomes.computeIfAbsent(kind, first -> new ArrayList<>()).add(outcome);
    stolenPercent.computeIfAbsent(kind, first -> new ArrayList<>()).add(stolen);
  }

  /** One figure of a kind, round by round. */
  Series series(Kind kind, ToDoubleFunction<LoadOutcome> figure) {
    return new Series(outcomes.getOrDefault(kind, List.of()).stream()
        .map(figure::applyAsDouble)
        .toList());
  }

  /** Answers that were not 2xx, over all loads. */
  long failures() {
    return outcomes.values().stream()
        .flatMap(List::stream)
        .mapToLong(LoadOutcome::failures)
        .sum();
  }

  Table table(String peer) {
    List<Table.Row> rows =
        outcomes.keySet().stream().map(kind -> row(kind, peer)).toList();
    return new Table(
        "HTTP",
        """
        Load generator, product and bare handler are three processes on the same cores. The
        closed loop asks again at once: the rate is the figure. The open loop asks at its rate
        whatever happens, and a latency counts from the time its request was due. The bare
        handler is Javalin on virtual threads that parses the JSON and answers JSON; every POST
        to the product is on the log, acknowledged, before its answer. Stolen is the machine's
        time that its host gave to others, round by round.""",
        Table.Row.of(
            "question",
            "server",
            "loop",
            "n",
            "requests/s",
            "× bare",
            "p50 ms",
            "p99 ms",
            "max ms",
            "not 2xx",
            "p99 ms, rounds",
            "stolen %"),
        rows);
  }

  private Table.Row row(Kind kind, String peer) {
    List<LoadOutcome> rounds = outcomes.getOrDefault(kind, List.of());
    Series rate = series(kind, LoadOutcome::perSecond);
    Kind other = new Kind(kind.question(), peer, kind.loop());
    boolean compared = kind.loop() == Loop.CLOSED && outcomes.containsKey(other);
    return Table.Row.of(
        kind.question(),
        kind.server(),
        kind.loop().words(),
        Figures.whole(
            rounds.stream().mapToLong(outcome -> outcome.latency().n()).sum()),
        "**" + Figures.whole(rate.median()) + "**",
        compared
            ? Figures.ratio(rate.over(series(other, LoadOutcome::perSecond)).median())
            : "",
        Figures.millis(series(kind, outcome -> outcome.latency().p50Nanos()).median()),
        Figures.millis(series(kind, outcome -> outcome.latency().p99Nanos()).median()),
        Figures.millis(series(kind, outcome -> outcome.latency().maxNanos()).max()),
        Figures.whole(rounds.stream().mapToLong(LoadOutcome::failures).sum()),
        Figures.rounds(series(kind, outcome -> outcome.latency().p99Nanos()), Figures::millis),
        Figures.rounds(new Series(stolenPercent.getOrDefault(kind, List.of())), Figures::percent));
  }
}
