package io.conductore.bench.fold;

import io.conductore.bench.mix.EncodedLog;
import io.conductore.bench.mix.EventMix;
import io.conductore.bench.report.Bar;
import io.conductore.bench.report.Bar.Direction;
import io.conductore.bench.report.Figures;
import io.conductore.bench.report.Findings;
import io.conductore.bench.report.Table;
import io.conductore.bench.stats.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the fold comparison says: one table of rates, and the bars that they keep or break. */
record FoldFindings(
    Map<String, Series> figures, Map<String, Series> stolenPercent, EncodedLog log) {
  private static final String POSTGRES = "PostgreSQL";
  private static final String NOT_FLUSHED = "not flushed";

  void addTo(Findings findings) {
    Optional<Series> postgres = incumbent();
    Optional<Series> bare = named(BareContestant.NAME);
    Optional<Series> catchUp = named(CatchUpContestant.NAME);
    Optional<Series> live = named(LiveContestant.NAME);
    bar(findings, "catch-up over PostgreSQL", catchUp, postgres, 2.5, 4.0);
    bar(findings, "catch-up over the bare fold", catchUp, bare, 0.5, 0.8);
    bar(findings, "live over PostgreSQL", live, postgres, 1.5, null);
    findings.add(table(postgres, bare));
  }

  private static void bar(
      Findings findings,
      String promise,
      Optional<Series> figure,
      Optional<Series> peer,
      double atLeast,
      @Nullable Double aim) {
    if (figure.isPresent() && peer.isPresent()) {
      Series ratio = figure.get().over(peer.get());
      findings.add(new Bar(promise, Direction.AT_LEAST, atLeast, aim, ratio, Figures::ratio));
    }
  }

  private Table table(Optional<Series> postgres, Optional<Series> bare) {
    List<Table.Row> rows = new ArrayList<>();
    Optional<Series> broker = named(BrokerContestant.NAME);
    figures.forEach((name, series) -> rows.add(Table.Row.of(
        name,
        "**" + Figures.whole(series.median()) + "**",
        over(series, postgres),
        over(series, bare),
        over(series, broker),
        Figures.rounds(series, Figures::whole),
        stolen(name))));
    return new Table(
        "Events into state",
        meaning(),
        Table.Row.of(
            "what", "events/s", "× PostgreSQL", "× bare fold", "× broker", "rounds", "stolen %"),
        rows);
  }

  private String meaning() {
    return """
    n = %s events a round (PostgreSQL: as many as it commits in its time), %.0f bytes each as
    Avro, %d agents; %d %% tool calls, %d %% turns, %d %% model calls, %d %% heartbeats, %.1f %%
    of all exact repeats. A fold counts from the start of its application to the commit of the
    last event, exactly once, two threads. Live: the producer runs on the same cores and never
    gets further than %s events ahead of what is committed. The product and the broker
    acknowledge what one disk's page cache holds; PostgreSQL flushes each commit, except in the
    row that says it does not. Ratios are to the faster of the flushed PostgreSQL rows; its
    connections never wait for each other's rows, and its tables start empty. Stolen is the
    machine's time that its host gave to others, round by round, set-up included.""".formatted(
            Figures.whole(log.count()),
            log.meanValueBytes(),
            EventMix.AGENTS,
            EventMix.TOOL_CALL_PERCENT,
            EventMix.TURN_COMPLETED_PERCENT,
            EventMix.TOKEN_USAGE_PERCENT,
            EventMix.HEARTBEAT_PERCENT,
            EventMix.DUPLICATES_PER_MILLE / 10.0,
            Figures.whole(LiveContestant.LAG_EVENTS_MAX));
  }

  private String stolen(String name) {
    Series percent = stolenPercent.get(name);
    return percent == null ? "" : Figures.rounds(percent, Figures::percent);
  }

  /** The faster way of writing that still flushes: the incumbent at its best. */
  private Optional<Series> incumbent() {
    return figures.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(POSTGRES))
        .filter(entry -> !entry.getKey().contains(NOT_FLUSHED))
        .map(Map.Entry::getValue)
        .max(Comparator.comparingDouble(Series::median));
  }

  private Optional<Series> named(String name) {
    return Optional.ofNullable(figures.get(name));
  }

  private static String over(Series series, Optional<Series> peer) {
    return peer.map(other -> Figures.ratio(series.over(other).median())).orElse("");
  }
}
