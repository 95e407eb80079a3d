package io.conductore.bench.claim;

import io.conductore.bench.http.ClosedLoop;
import io.conductore.bench.http.Exchange;
import io.conductore.bench.http.HttpRequests;
import io.conductore.bench.http.KeepAlive;
import io.conductore.bench.http.LoadOutcome;
import io.conductore.bench.peer.PostgresServer;
import io.conductore.bench.report.Findings;
import io.conductore.bench.run.Plan;
import io.conductore.bench.run.RunFolder;
import io.conductore.bench.run.StolenTime;
import io.conductore.bench.server.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The product hands out work beside PostgreSQL, then a fleet's heartbeats are weighed. */
public final class ClaimComparison {
  static final int CLIENTS = 16;
  private static final Duration HEARTBEATS = Duration.ofSeconds(30);

  /** More than either hands out in a second on two cores, so that no queue runs empty. */
  private static final int CLAIMS_PER_SECOND_MAX = 12_000;

  private final Plan plan;
  private final RunFolder folder;
  private final Consumer<String> progress;
  private final AtomicLong agents = new AtomicLong();

  public ClaimComparison(Plan plan, RunFolder folder, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
  }

  public void run(Path repository, Findings findings) throws Exception {
    ClaimFigures figures = new ClaimFigures();
    try (Servers.Up up = Servers.up(repository, folder);
        PostgresServer postgres =
            folder.guard(PostgresServer.start(folder.folder("postgres-queue")))) {
      claims(up, postgres, figures);
      figures.addTo(findings);
      heartbeats(up, findings);
    }
  }

  private void claims(Servers.Up up, PostgresServer postgres, ClaimFigures figures)
      throws Exception {
    int port = up.process().port();
    Backlog backlog = new Backlog(port);
    for (Duration warm = Duration.ZERO; warm.compareTo(plan.warmUp()) < 0; ) {
      product(port, backlog, plan.httpLength());
      warm = warm.plus(plan.httpLength());
    }
    for (int round = 0; round < plan.rounds(); round++) {
      StolenTime stolen = StolenTime.begin();
      measured(ClaimFigures.PRODUCT, figures, stolen, product(port, backlog, plan.httpLength()));
      // What claims leave behind, such as the issues' streams, is the product's cost and no peer's.
      up.awaitFolded();
      for (boolean flushed : new boolean[] {true, false}) {
        folder.settle();
        stolen = StolenTime.begin();
        String name = flushed ? ClaimFigures.POSTGRES : ClaimFigures.POSTGRES_BUFFERED;
        PostgresQueue queue = new PostgresQueue(postgres.jdbcUrl(), flushed);
        measured(name, figures, stolen, queue.run(CLIENTS, waiting(), plan.httpLength()));
      }
    }
  }

  private void measured(String name, ClaimFigures figures, StolenTime stolen, LoadOutcome outcome)
      throws IOException {
    figures.add(name, outcome, stolen.percent());
    progress.accept("  %s: %,.0f claims/s, p50 %.2f ms, p99 %.2f ms"
        .formatted(
            name,
            outcome.perSecond(),
            outcome.latency().p50Nanos() / 1e6,
            outcome.latency().p99Nanos() / 1e6));
  }

  /** Every claim is another agent's first, and every answer must be an assignment of its own. */
  private LoadOutcome product(int port, Backlog backlog, Duration length) throws Exception {
    backlog.fillTo(waiting());
    folder.settle();
    int before = backlog.depth();
    List<KeepAlive> connections = new ArrayList<>();
    try {
      List<Exchange> claimers = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        KeepAlive connection = new KeepAlive(port);
        connections.add(connection);
        claimers.add(ticket -> claim(connection));
      }
      LoadOutcome outcome = new ClosedLoop(length).run(claimers);
      check(outcome, before, backlog.depth());
      return outcome;
    } finally {
      for (KeepAlive connection : connections) {
        connection.close();
      }
    }
  }

  private int claim(KeepAlive connection) throws IOException {
    return connection.exchange(HttpRequests.get("/api/assignments/next?pool=%s&agentId=bench-%d"
        .formatted(Backlog.POOL, agents.incrementAndGet())));
  }

  private static void check(LoadOutcome outcome, int before, int after) {
    if (outcome.failures() > 0 || before - after != outcome.latency().n()) {
      throw new IllegalStateException(
          "%d answers, %d of them failures, took %d issues from the queue"
              .formatted(outcome.latency().n(), outcome.failures(), before - after));
    }
  }

  private int waiting() {
    return Math.toIntExact(plan.httpLength().toSeconds() * CLAIMS_PER_SECOND_MAX);
  }

  private void heartbeats(Servers.Up up, Findings findings) throws Exception {
    HeartbeatCost cost = new HeartbeatCost(up.process());
    cost.warmUp(plan.warmUp());
    up.awaitFolded();
    folder.settle();
    StolenTime stolen = StolenTime.begin();
    HeartbeatCost.Share share = cost.measure(HEARTBEATS);
    progress.accept("  %,d agents' heartbeats: %.1f %% of one core, %.1f %% without them"
        .formatted(HeartbeatCost.AGENTS, share.beatingPercent(), share.idlePercent()));
    ClaimFigures.addHeartbeats(findings, share, stolen.percent());
  }
}
