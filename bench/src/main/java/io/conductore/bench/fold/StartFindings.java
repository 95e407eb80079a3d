package io.conductore.bench.fold;

import io.conductore.bench.fold.FoldTimer.Lap;
import io.conductore.bench.report.Figures;
import io.conductore.bench.report.Findings;
import io.conductore.bench.report.Table;
import io.conductore.bench.stats.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How much of a catch-up is the start of an application, which a longer log would hide. */
record StartFindings(List<Lap> bare, List<Lap> product) {

  void addTo(Findings findings) {
    List<Table.Row> rows = new ArrayList<>();
    add(rows, BareContestant.NAME, bare);
    add(rows, CatchUpContestant.NAME, product);
    if (!rows.isEmpty()) {
      findings.add(new Table(
          "The start within a catch-up",
          "Until its first commit an application joins its group, creates its changelogs and opens"
              + " its stores. The rates above include that; these do not.",
          Table.Row.of("what", "s to the first commit", "events/s from there", "rounds"),
          rows));
    }
  }

  private static void add(List<Table.Row> rows, String name, List<Lap> laps) {
    if (!laps.isEmpty()) {
      Series rate = series(laps, Lap::perSecondOnceStarted);
      rows.add(Table.Row.of(
          name,
          Figures.ratio(series(laps, Lap::firstCommitSeconds).median()),
          Figures.whole(rate.median()),
          Figures.rounds(rate, Figures::whole)));
    }
  }

  private static Series series(List<Lap> laps, ToDoubleFunction<Lap> figure) {
    return new Series(laps.stream().map(figure::applyAsDouble).toList());
  }
}
