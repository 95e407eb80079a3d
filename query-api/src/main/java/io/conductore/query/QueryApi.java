package io.conductore.query;

import io.conductore.query.auth.Access;
import io.conductore.query.auth.Guard;
import io.conductore.query.door.EventDoor;
import io.conductore.query.health.DeepHealth;
import io.conductore.query.health.Dependency;
import io.conductore.query.http.Answers;
import io.conductore.query.http.HttpLimits;
import io.conductore.query.http.HttpServer;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.topology.otlp.OtlpKind;
import io.conductore.topology.runtime.StreamsPhase;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API. It listens before the application runs and answers 503 until {@link #attach}; after
 * {@link #detach} it does so again. The route table is openapi.yaml's: a test compares them.
 */
public final class QueryApi implements AutoCloseable {
  private static final Duration STARTING_RETRY = Duration.ofSeconds(1);
  private static final String CLAMPED = "rig.events.clamped";

  private final InstantSource clock;
  private final PrometheusMeterRegistry metrics;
  private final DeepHealth deep;
  private final Access access;
  private final Guard guard;
  private final AtomicReference<@Nullable Backbone> backbone = new AtomicReference<>();
  private final Javalin server;

  private QueryApi(Settings settings) {
    this.clock = settings.clock();
    this.metrics = settings.metrics();
    this.deep = new DeepHealth(settings.dependencies(), clock);
    this.access = settings.access();
    this.guard = new Guard(access, clock);
    this.server = HttpServer.create(settings.host(), settings.limits(), this::configure);
  }

  /**
   * @param port 0 for any free one
   * @param dependencies what /healthz/deep asks
   */
  public record Settings(
      String host,
      int port,
      List<Dependency> dependencies,
      PrometheusMeterRegistry metrics,
      InstantSource clock,
      Access access,
      HttpLimits limits) {}

  /** Listens when it returns. */
  public static QueryApi start(Settings settings) {
    QueryApi api = new QueryApi(settings);
    api.server.start(settings.host(), settings.port());
    return api;
  }

  /** From now on the routes answer from these stores. */
  public void attach(Backbone running) {
    FunctionCounter.builder(CLAMPED, running.door(), EventDoor::clamped)
        .description("Events posted with a time that could not be right")
        .register(metrics);
    backbone.set(running);
  }

  /** From now on the routes answer 503: the first step of a stop. */
  public void detach() {
    Backbone ended = backbone.getAndSet(null);
    if (ended != null) {
      ended.claims().close();
      ended.inboxes().close();
    }
  }

  /** The routes as METHOD path, for the test that compares them with openapi.yaml. */
  Set<String> routeTable() {
    return server.unsafe.internalRouter.allHttpHandlers().stream()
        .map(route -> route.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    detach();
    server.stop();
  }

  private void configure(JavalinConfig config) {
    RouteMetrics.bind(config, metrics);
    config.routes.beforeMatched(guard::check);
    routes(config.routes);
  }

  /** The table: what may be asked, top to bottom. */
  private void routes(RoutesConfig routes) {
    Reads reads = new Reads(this::running, clock);

    routes.post("/api/events", ctx -> running().door().post(ctx));
    routes.get("/api/events/stream", reads::stream);
    routes.post("/api/webhook/github", ctx -> running().github().post(ctx, metrics));

    QueueReads queues = new QueueReads(this::running, clock);
    routes.get("/api/assignments/next", ctx -> running().claims().work(ctx));
    routes.get("/api/reviews/next", ctx -> running().claims().review(ctx));
    routes.get("/api/queue", queues::queue);
    routes.get("/api/queue/depth", queues::depth);

    IssueReads issues = new IssueReads(this::running);
    routes.get("/api/issues", issues::issues);
    routes.get("/api/issues/{repo}/{number}", issues::issue);
    routes.get("/api/issues/{owner}/{repo}/{number}", issues::issue);
    routes.get("/api/gates/merge", issues::mergeGate);

    InboxReads inboxes = new InboxReads(this::running, clock);
    EscalationReads escalations = new EscalationReads(this::running);
    routes.get("/api/agents", reads::agents);
    routes.get("/api/agents/{agentId}", reads::agent);
    routes.get("/api/cursor", reads::cursor);
    routes.get("/api/inbox", inboxes::inbox);
    routes.post("/api/cursor", inboxes::acknowledge);
    routes.get("/api/escalations", escalations::escalations);
    routes.get("/api/escalations/{id}", escalations::escalation);
    routes.post("/api/escalations/{id}/ack", escalations::acknowledge);
    BudgetReads budgets = new BudgetReads(this::running, clock);
    routes.get("/api/budgets", budgets::budgets);
    routes.get("/api/budgets/{agentId}", budgets::budget);
    routes.post("/api/budgets/{agentId}/admit", ctx -> running().admissions().admit(ctx));
    routes.get("/api/stuck", reads::stuck);
    routes.get("/api/stuck/{agentId}", reads::stuckOf);
    routes.get("/api/stuck/{agentId}/nudge", reads::nudge);

    CostReads costs = new CostReads(this::running, clock);
    routes.get("/api/usage", costs::usage);
    routes.get("/api/telemetry", costs::telemetry);
    routes.get("/api/costs/summary", costs::summary);
    routes.get("/api/costs/daily", costs::daily);
    routes.get("/api/costs/hourly", costs::hourly);
    routes.get("/api/costs/issue", costs::issue);
    routes.get("/api/reports/costs", costs::day);
    routes.get("/public/cost-summary", costs::publicSummary);

    for (OtlpKind kind : OtlpKind.values()) {
      routes.post(kind.path(), ctx -> running().telemetry().post(ctx, kind, metrics));
    }

    routes.get("/topology", this::topology);
    routes.get("/health", ctx -> Answers.json(ctx, healthy()));
    routes.get("/healthz/live", this::live);
    routes.get("/healthz/ready", this::ready);
    routes.get("/healthz/deep", this::deepHealth);
    routes.get(
        "/metrics", ctx -> ctx.contentType("text/plain; version=0.0.4").result(metrics.scrape()));

    Pages.routes(routes);
  }

  /** What the routes answer from; a problem while nothing runs. */
  private Backbone running() {
    Backbone now = backbone.get();
    if (now == null) {
      throw new ProblemException(Problem.starting(STARTING_RETRY));
    }
    return now;
  }

  private void topology(Context ctx) {
    Backbone now = running();
    String accept = ctx.header("Accept");
    if (accept != null && accept.contains("application/json")) {
      Answers.json(
          ctx,
          Map.of(
              "phase", now.runtime().phase().getClass().getSimpleName(),
              "threads", now.runtime().threadStates(),
              "description", now.runtime().description()));
    } else {
      ctx.contentType("text/plain; charset=utf-8").result(now.runtime().description());
    }
  }

  private Map<String, Object> healthy() {
    return Map.of("status", "healthy", "timestamp", clock.instant().toString());
  }

  /** Restoring is alive; only what needs a restart is not. */
  private void live(Context ctx) {
    Backbone now = backbone.get();
    boolean alive = now == null || now.runtime().phase().isAlive();
    phase(ctx, alive, now);
  }

  private void ready(Context ctx) {
    Backbone now = backbone.get();
    phase(ctx, now != null && now.runtime().phase() instanceof StreamsPhase.Running, now);
  }

  private void phase(Context ctx, boolean good, @Nullable Backbone now) {
    String phase = now == null ? "Starting" : now.runtime().phase().getClass().getSimpleName();
    if (good) {
      Answers.json(ctx, Map.of("status", "ok", "phase", phase, "authentication", access.words()));
    } else {
      Answers.problem(ctx, Problem.unavailable("Streams is in phase " + phase, STARTING_RETRY));
    }
  }

  private void deepHealth(Context ctx) {
    DeepHealth.Report report = deep.check();
    ctx.status(report.status().equals("Unreachable") ? 503 : 200);
    Answers.json(ctx, report);
  }
}
