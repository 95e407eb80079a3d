package io.conductore.bench.fold;

import io.conductore.bench.mix.EncodedLog;
import io.conductore.bench.mix.EventMix;
import io.conductore.bench.peer.AppendTransaction.Style;
import io.conductore.bench.peer.PostgresLoad;
import io.conductore.bench.peer.PostgresLoad.Durability;
import io.conductore.bench.peer.PostgresLoad.Shares;
import io.conductore.bench.peer.PostgresServer;
import io.conductore.bench.report.Findings;
import io.conductore.bench.run.Plan;
import io.conductore.bench.run.Rounds;
import io.conductore.bench.run.Rounds.Contestant;
import io.conductore.bench.run.RunFolder;
import io.conductore.bench.stats.Series;
import io.conductore.topology.head.EventCodecs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Events into state, the product against its peers, in alternation. */
public final class FoldComparison {
  private static final Duration WARM_UP_POSTGRES = Duration.ofSeconds(3);

  private final Plan plan;
  private final RunFolder folder;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /** Progress is told in sentences. */
  public FoldComparison(
      Plan plan, RunFolder folder, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.clock = clock;
    this.progress = progress;
  }

  /** Measures these parts and adds what they come to. */
  public void run(Set<FoldPart> parts, Findings findings) throws Exception {
    if (parts.contains(FoldPart.POSTGRES)) {
      try (PostgresServer server = folder.guard(PostgresServer.start(folder.folder("postgres")))) {
        findings.version(
            "PostgreSQL", new PostgresLoad(server.jdbcUrl(), Durability.FLUSHED).version());
        run(parts, postgres(server), findings);
      }
    } else {
      run(parts, List.of(), findings);
    }
  }

  private void run(Set<FoldPart> parts, List<PostgresContestant> postgres, Findings findings)
      throws Exception {
    EventCodecs codecs = ProductCodecs.create();
    EncodedLog log = EncodedLog.of(mix(), plan.foldEvents(), codecs.activity()::encode);
    FoldLab lab = new FoldLab(folder, codecs, clock, log);
    warmUp(parts, postgres, lab.first(plan.warmUpEvents()));

    BareContestant bare = new BareContestant(lab);
    CatchUpContestant catchUp = new CatchUpContestant(lab);
    List<Contestant> contestants = contestants(parts, lab, bare, catchUp);
    contestants.addAll(Math.min(1, contestants.size()), postgres);
    Rounds rounds = new Rounds(plan.rounds(), folder::settle, progress);
    Map<String, Series> figures = rounds.run(contestants);
    new FoldFindings(figures, rounds.stolenPercent(), log).addTo(findings);
    new StartFindings(bare.laps(), catchUp.laps()).addTo(findings);
    if (parts.contains(FoldPart.CATCH_UP)) {
      new RebuildFindings(catchUp).addTo(findings);
    }
  }

  /**
   * Everything once, shorter, so that no contestant pays for the compiler on behalf of the others.
   */
  private void warmUp(Set<FoldPart> parts, List<PostgresContestant> postgres, FoldLab shorter)
      throws Exception {
    progress.accept("warm-up");
    List<Contestant> contestants =
        contestants(parts, shorter, new BareContestant(shorter), new CatchUpContestant(shorter));
    postgres.forEach(contestant -> contestants.add(contestant.of(WARM_UP_POSTGRES)));
    new Rounds(1, folder::settle, progress).run(contestants);
  }

  private static List<Contestant> contestants(
      Set<FoldPart> parts, FoldLab lab, BareContestant bare, CatchUpContestant catchUp) {
    List<Contestant> contestants = new ArrayList<>();
    for (FoldPart part : parts) {
      switch (part) {
        case BROKER -> contestants.add(new BrokerContestant(lab));
        case POSTGRES -> {}
        case BARE -> contestants.add(bare);
        case CATCH_UP -> contestants.add(catchUp);
        case LIVE -> contestants.add(new LiveContestant(lab));
      }
    }
    return contestants;
  }

  private List<PostgresContestant> postgres(PostgresServer server) {
    Shares shares = Shares.of(mix(), plan.postgresEvents());
    Duration lengthMax = plan.postgresMax();
    return List.of(
        new PostgresContestant(server, shares, Style.STATEMENTS, Durability.FLUSHED, lengthMax),
        new PostgresContestant(server, shares, Style.ONE_STATEMENT, Durability.FLUSHED, lengthMax),
        new PostgresContestant(
            server, shares, Style.ONE_STATEMENT, Durability.BUFFERED, lengthMax));
  }

  /**
   * Begins so long ago that the log ends about now: the product watches for agents that fall
   * silent.
   */
  private EventMix mix() {
    return new EventMix(Plan.SEED, clock.instant().minus(EventMix.span(plan.foldEvents())));
  }
}
