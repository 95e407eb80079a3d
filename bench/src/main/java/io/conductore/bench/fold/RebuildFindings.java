package io.conductore.bench.fold;

import io.conductore.bench.mix.EventMix;
import io.conductore.bench.peer.StoreWrites;
import io.conductore.bench.report.Figures;
import io.conductore.bench.report.Findings;
import io.conductore.bench.report.Table;
import io.conductore.bench.stats.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What throughput is made of, store writes by store, and how long it takes to get them all back.
 */
record RebuildFindings(CatchUpContestant catchUp) {
  private static final double BYTES_PER_GB = 1e9;

  void addTo(Findings findings) {
    catchUp.census().ifPresent(census -> {
      findings.add(writes(census));
      findings.add(rebuild(census));
    });
  }

  private Table writes(ChangelogCensus census) {
    List<Table.Row> rows = new ArrayList<>();
    census
        .stores()
        .forEach(
            (name, store) -> rows.add(row(name, store.writes(), Figures.whole(store.meanBytes()))));
    rows.add(row("all", census.writes(), ""));
    return new Table(
        "Store writes",
        "Counted in the product's changelogs after one catch-up. The bare fold writes "
            + Figures.ratio(bareWritesPerEvent())
            + " times for an event of this mix that is no repeat.",
        Table.Row.of("store", "writes", "writes per event", "mean bytes, key and value"),
        rows);
  }

  private Table.Row row(String name, long writes, String meanBytes) {
    double perEvent = (double) writes / catchUp.events();
    return Table.Row.of(name, Figures.whole(writes), Figures.ratio(perEvent), meanBytes);
  }

  private Table rebuild(ChangelogCensus census) {
    Series seconds = new Series(catchUp.rebuildSeconds());
    double perMillion = seconds.median() / catchUp.events() * 1e6;
    double perGigabyte = seconds.median() / census.bytes() * BYTES_PER_GB;
    Table.Row row = Table.Row.of(
        Figures.whole(catchUp.events()),
        Figures.decimal(census.bytes() / 1e6),
        "**" + Figures.ratio(seconds.median()) + "**",
        Figures.ratio(perMillion),
        Figures.ratio(perGigabyte),
        Figures.rounds(seconds, Figures::ratio));
    return new Table(
        "Rebuild of all state",
        "The state folder is deleted and the application started again: seconds until every store"
            + " is back from its changelog and nothing is left to fold.",
        Table.Row.of(
            "events", "MB in changelogs", "s", "s per million events", "s per GB", "rounds, s"),
        List.of(row));
  }

  private static double bareWritesPerEvent() {
    Map<StoreWrites, Integer> percent = Map.of(
        StoreWrites.TOOL_CALL, EventMix.TOOL_CALL_PERCENT,
        StoreWrites.TURN_COMPLETED, EventMix.TURN_COMPLETED_PERCENT,
        StoreWrites.TOKEN_USAGE, EventMix.TOKEN_USAGE_PERCENT,
        StoreWrites.HEARTBEAT, EventMix.HEARTBEAT_PERCENT);
    return percent.entrySet().stream()
            .mapToDouble(entry -> entry.getKey().stores().size() * (double) entry.getValue())
            .sum()
        / 100;
  }
}
