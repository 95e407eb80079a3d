package io.conductore.bench.server;

import io.conductore.bench.http.LoadOutcome;
import io.conductore.bench.mix.EventMix;
import io.conductore.bench.report.Bar;
import io.conductore.bench.report.Bar.Direction;
import io.conductore.bench.report.Figures;
import io.conductore.bench.report.Findings;
import io.conductore.bench.report.Table;
import io.conductore.bench.run.Plan;
import io.conductore.bench.run.RunFolder;
import io.conductore.bench.run.StolenTime;
import io.conductore.bench.server.HttpFigures.Kind;
import io.conductore.bench.server.HttpLoad.Loop;
import io.conductore.bench.stats.Series;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The product as one process: its answers against a bare handler's, and the memory it takes. */
public final class ServerComparison {
  private static final String PRODUCT = "product";
  private static final String BARE = "bare handler";
  private static final String POST = "POST /api/events";
  private static final String GET = "GET /api/cursor";
  private static final double P99_MS_MAX = 5;
  private static final double RESIDENT_GIB_MAX = 1.2;
  private static final double BYTES_PER_GIB = 1L << 30;

  /**
   * Of each load, as fast as it goes: after two seconds the optimising compiler still takes more of
   * two cores than the server does, and the figure would be the compiler's.
   */
  private final Plan plan;

  private final RunFolder folder;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /** Progress is told in sentences. */
  public ServerComparison(
      Plan plan, RunFolder folder, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.clock = clock;
    this.progress = progress;
  }

  /** Measures these parts of the command in this repository. */
  public void run(Set<ServerPart> parts, Path repository, Findings findings) throws Exception {
    try (Servers.Up up = Servers.up(repository, folder)) {
      EventMix mix =
          new EventMix(Plan.SEED + 1, clock.instant().minus(EventMix.span(plan.upEvents())));
      double fed = Feed.run(up, mix, plan.upEvents());
      progress.accept("  posted in batches and folded: %,.0f events/s".formatted(fed));
      if (parts.contains(ServerPart.HTTP)) {
        http(up, mix, findings);
      }
      if (parts.contains(ServerPart.MEMORY)) {
        memory(up, fed, findings);
      }
    }
  }

  private void http(Servers.Up up, EventMix mix, Findings findings) throws Exception {
    HttpFigures figures = new HttpFigures();
    try (ServerProcess bare = Servers.bare(folder)) {
      Questions questions = new Questions(mix);
      List<HttpLoad> loads = List.of(
          new HttpLoad(BARE, bare.port(), POST, questions::posts),
          new HttpLoad(PRODUCT, up.process().port(), POST, questions::posts),
          new HttpLoad(BARE, bare.port(), GET, questions::gets),
          new HttpLoad(PRODUCT, up.process().port(), GET, questions::gets));
      for (HttpLoad load : loads) {
        load.run(Loop.CLOSED, plan.warmUp());
      }
      for (int round = 0; round < plan.rounds(); round++) {
        round(round % 2 == 0 ? loads : loads.reversed(), up, figures);
      }
    }
    findings.add(new Bar(
        "GET p99 in ms at 1,000 requests/s (bare handler %s)"
            .formatted(Figures.ratio(p99Millis(figures, BARE).median())),
        Direction.UNDER,
        P99_MS_MAX,
        null,
        p99Millis(figures, PRODUCT),
        Figures::ratio));
    findings.add(figures.table(BARE));
    if (figures.failures() > 0) {
      throw new IllegalStateException(figures.failures() + " answers were not 2xx");
    }
  }

  private static Series p99Millis(HttpFigures figures, String server) {
    return figures.series(
        new Kind(GET, server, Loop.OPEN), outcome -> outcome.latency().p99Nanos() / 1e6);
  }

  private void round(List<HttpLoad> loads, Servers.Up up, HttpFigures figures) throws Exception {
    for (HttpLoad load : loads) {
      for (Loop loop : Loop.values()) {
        measure(load, loop, up, figures);
      }
    }
  }

  /** What the load before has left to fold would be measured too, so it is waited for. */
  private void measure(HttpLoad load, Loop loop, Servers.Up up, HttpFigures figures)
      throws Exception {
    Feed.awaitFolded(up);
    folder.settle();
    StolenTime stealing = StolenTime.begin();
    LoadOutcome outcome = load.run(loop, plan.httpLength());
    figures.add(kind(load, loop), outcome, stealing.percent());
    progress.accept("  %s, %s, %s: %,.0f/s, p99 %.2f ms"
        .formatted(
            load.question(),
            load.server(),
            loop.words(),
            outcome.perSecond(),
            outcome.latency().p99Nanos() / 1e6));
  }

  private void memory(Servers.Up up, double fedPerSecond, Findings findings) throws Exception {
    Series gibibytes = new Series(List.of(up.process().peakResidentBytes() / BYTES_PER_GIB));
    findings.add(new Bar(
        "resident GiB of the whole process",
        Direction.UNDER,
        RESIDENT_GIB_MAX,
        null,
        gibibytes,
        Figures::ratio));
    Table.Row row = Table.Row.of(
        Figures.whole(plan.upEvents()),
        Figures.whole(fedPerSecond),
        "**" + Figures.ratio(gibibytes.median()) + "**");
    findings.add(new Table(
        "The whole process",
        "Broker, application and API as `./rig up --no-registry` starts them: fed through the"
            + " door in batches of 1,000 by one client until all is folded, then all HTTP loads of"
            + " this run; peak resident memory as the kernel counts it (VmHWM).",
        Table.Row.of("events", "events/s, posted and folded", "peak GiB"),
        List.of(row)));
  }

  private static Kind kind(HttpLoad load, Loop loop) {
    return new Kind(load.question(), load.server(), loop);
  }
}
