package io.conductore.bench.admit;

import io.conductore.bench.http.Exchange;
import io.conductore.bench.http.HttpRequests;
import io.conductore.bench.http.KeepAlive;
import io.conductore.bench.http.LoadOutcome;
import io.conductore.bench.http.OpenLoop;
import io.conductore.bench.report.Bar;
import io.conductore.bench.report.Figures;
import io.conductore.bench.report.Findings;
import io.conductore.bench.report.Table;
import io.conductore.bench.run.Plan;
import io.conductore.bench.run.RunFolder;
import io.conductore.bench.run.StolenTime;
import io.conductore.bench.server.Servers;
import io.conductore.bench.stats.Series;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Admissions at a fixed rate, each by its own request, against limits of agents, pool, tenant and
 * issue. Once alone, and once while every admitted call is settled moments later, as it is in
 * practice: settlement is written in transactions, which an admission must not wait for.
 */
public final class AdmitLatency {
  static final int PER_SECOND = 500;
  private static final int CLIENTS = 64;
  private static final int AGENTS = 200;
  private static final double P99_MS_MAX = 25;
  private static final Duration WARM_UP = Duration.ofMinutes(1);
  private static final String ALONE = "alone";
  private static final String SETTLED = "while every call is settled";
  private static final String LIMIT =
      "{\"type\":\"BUDGET_LIMIT_CHANGED\",\"agentId\":\"bench-%d\",\"window\":\"day\","
          + "\"limitTokens\":1000000000000,\"limitUsd\":1000000,\"by\":\"bench\"%s}\n";

  private final Plan plan;
  private final RunFolder folder;
  private final Consumer<String> progress;
  private final AtomicLong requests = new AtomicLong();

  /** The rounds of one way. */
  private record Rounds(String name, List<LoadOutcome> outcomes, List<Double> stolen) {
    private Rounds(String name) {
      this(name, new ArrayList<>(), new ArrayList<>());
    }

    private Series p99() {
      return new Series(
          outcomes.stream().map(outcome -> outcome.latency().p99Nanos() / 1e6).toList());
    }
  }

  public AdmitLatency(Plan plan, RunFolder folder, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
  }

  public void run(Path repository, Findings findings) throws Exception {
    Rounds alone = new Rounds(ALONE);
    Rounds settled = new Rounds(SETTLED);
    try (Servers.Up up = Servers.up(repository, folder)) {
      int port = up.process().port();
      limit(port);
      round(port, WARM_UP, true);
      for (int round = 0; round < plan.rounds(); round++) {
        measure(port, alone, false);
        measure(port, settled, true);
      }
    }
    findings.add(new Bar(
        "admit p99 in ms at 500/s, settled",
        Bar.Direction.UNDER,
        P99_MS_MAX,
        null,
        settled.p99(),
        Figures::ratio));
    findings.add(table(List.of(alone, settled)));
  }

  private void measure(int port, Rounds to, boolean settles) throws Exception {
    folder.settle();
    StolenTime stolen = StolenTime.begin();
    LoadOutcome outcome = round(port, plan.httpLength(), settles);
    to.outcomes().add(outcome);
    to.stolen().add(stolen.percent());
    progress.accept("  admissions %s: p50 %.2f ms, p99 %.2f ms, max %.2f ms"
        .formatted(
            to.name(),
            outcome.latency().p50Nanos() / 1e6,
            outcome.latency().p99Nanos() / 1e6,
            outcome.latency().maxNanos() / 1e6));
  }

  /** A figure with a refusal in it is none: every limit has room for all. */
  private LoadOutcome round(int port, Duration length, boolean settles) throws Exception {
    List<KeepAlive> connections = new ArrayList<>();
    Settler settler = new Settler(port);
    try {
      List<Exchange> exchanges = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        KeepAlive connection = new KeepAlive(port);
        connections.add(connection);
        exchanges.add(ticket -> admit(connection, settles, settler));
      }
      LoadOutcome outcome = new OpenLoop(PER_SECOND, length).run(exchanges);
      if (outcome.failures() > 0) {
        throw new IllegalStateException(outcome.failures() + " admissions were refused");
      }
      return outcome;
    } finally {
      for (KeepAlive connection : connections) {
        connection.close();
      }
      settler.finish();
    }
  }

  private int admit(KeepAlive connection, boolean settles, Settler settler) throws IOException {
    long number = requests.incrementAndGet();
    String agent = "bench-" + number % AGENTS;
    String request = "r" + number;
    String body = "{\"requestId\":\"" + request + "\",\"model\":\"claude-sonnet-4-5\","
        + "\"estimatedInputTokens\":1000,\"maxOutputTokens\":500,"
        + "\"repo\":\"o/r\",\"issueNumber\":1}";
    int status =
        connection.exchange(HttpRequests.postJson("/api/budgets/" + agent + "/admit", body));
    if (settles && status == 200) {
      settler.admitted(new Settler.Admission(agent, request));
    }
    return status;
  }

  private static void limit(int port) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int agent = 0; agent < AGENTS; agent++) {
      lines.append(LIMIT.formatted(agent, ""));
    }
    lines.append(LIMIT.formatted(0, ",\"scope\":\"tenant\",\"scopeId\":\"default\""));
    lines.append(LIMIT.formatted(0, ",\"scope\":\"pool\",\"scopeId\":\"default\""));
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    try (KeepAlive connection = new KeepAlive(port)) {
      int status =
          connection.exchange(HttpRequests.post("/api/events", "application/x-ndjson", body));
      if (status != 200) {
        throw new IllegalStateException("limits answered " + status + connection.refusal());
      }
    }
  }

  private static Table table(List<Rounds> all) {
    List<Table.Row> rows = all.stream()
        .map(rounds -> Table.Row.of(
            rounds.name(),
            Figures.whole(rounds.outcomes().stream()
                .mapToLong(outcome -> outcome.latency().n())
                .sum()),
            Figures.millis(
                nanos(rounds, outcome -> outcome.latency().p50Nanos()).median()),
            "**"
                + Figures.millis(
                    nanos(rounds, outcome -> outcome.latency().p99Nanos()).median()) + "**",
            Figures.millis(
                nanos(rounds, outcome -> outcome.latency().maxNanos()).max()),
            Figures.rounds(rounds.p99(), Figures::ratio),
            Figures.rounds(new Series(rounds.stolen()), Figures::percent)))
        .toList();
    return new Table(
        "Admissions",
        PER_SECOND
            + " admissions a second in an open loop over "
            + CLIENTS
            + " connections, "
            + AGENTS
            + " agents, each against a limit of its own and those of one tenant and one pool, in"
            + " tokens and money. A latency counts from when its request was due. Load and server"
            + " share the cores.",
        Table.Row.of("how", "n", "p50 ms", "p99 ms", "max ms", "p99 by round", "stolen %"),
        rows);
  }

  private static Series nanos(
      Rounds rounds, java.util.function.ToDoubleFunction<LoadOutcome> figure) {
    return new Series(rounds.outcomes().stream().map(figure::applyAsDouble).toList());
  }
}
