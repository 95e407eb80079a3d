package io.conductore.bench.report;

import io.conductore.bench.run.Machine;
import io.conductore.bench.run.Plan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The page that a run leaves behind. */
public record Report(Instant began, Plan plan, Machine machine, Findings findings) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  /** The page's name: the day of the run. */
  public String fileName() {
    return DATE.format(began) + ".md";
  }

  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Benchmark of ").append(DATE.format(began)).append("\n\n");
    text.append(preface());
    findings
        .failures()
        .forEach(what -> text.append("**Not measured**: ").append(what).append("\n\n"));
    if (!findings.bars().isEmpty()) {
      text.append(bars().markdown());
    }
    findings.tables().forEach(table -> text.append(table.markdown()));
    text.append(facts().markdown());
    return text.toString().stripTrailing() + "\n";
  }

  private String preface() {
    return """
    Begun %s; plan `%s`, %d round%s in alternation, event mix of seed %d. Everything was measured
    in this one run on one machine, the load on the same cores as what it loads. The ratios are
    the figures; the absolute numbers belong to this machine. Medians decide; every round is
    shown.

    """.formatted(
        TIME.format(began), plan.name(), plan.rounds(), plan.rounds() == 1 ? "" : "s", Plan.SEED);
  }

  private Table bars() {
    List<Table.Row> rows = findings.bars().stream().map(Bar::row).toList();
    return new Table(
        "Bars",
        "What the design promises, and whether this run kept it.",
        Table.Row.of("promise", "bar", "aim", "median", "rounds", ""),
        rows);
  }

  private Table facts() {
    Map<String, String> facts = new TreeMap<>(findings.versions());
    List<Table.Row> rows = new java.util.ArrayList<>();
    machine.facts().forEach((name, value) -> rows.add(Table.Row.of(name, value)));
    facts.forEach((name, value) -> rows.add(Table.Row.of(name, value)));
    return new Table(
        "Machine and versions",
        "Seed of the event mix: " + Plan.SEED + ".",
        Table.Row.of("what", "value"),
        rows);
  }
}
