package io.conductore.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conductore.query.http.Params;
import io.conductore.query.read.AgentView;
import io.conductore.query.read.BudgetView;
import io.conductore.query.read.Questions;
import io.conductore.query.read.SessionView;
import io.conductore.query.read.StoreReader;
import io.conductore.schemas.Feed;
import io.conductore.topology.activity.AgentState;
import io.conductore.topology.activity.SessionKey;
import io.conductore.topology.activity.SessionState;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The routes that ask about agents, budgets, sessions and streams. */
final class Reads {
  private static final int STREAM_LIMIT_DEFAULT = 100;
  private static final int STREAM_LIMIT_MAX = 1_000;

  private final Supplier<Backbone> backbone;
  private final InstantSource clock;

  /** A list over all partitions, and whether it is all there is. */
  private record Agents(List<AgentView> agents, boolean complete) {}

  private record Budgets(List<BudgetView> budgets, boolean complete) {}

  private record Sessions(List<SessionView> sessions, boolean complete) {}

  /** The seed's cursor; inFlight and waiting fill with dispatch and inbox (issue 3). */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  private record Cursor(
      String agentId,
      long lastOrdinal,
      List<String> inFlight,
      int slots,
      List<String> subscribedEventTypes,
      long waiting) {}

  Reads(Supplier<Backbone> backbone, InstantSource clock) {
    this.backbone = backbone;
    this.clock = clock;
  }

  void agents(Context ctx) {
    Instant now = clock.instant();
    Asking.all(ctx, backbone.get(), Feed.ACTIVITY)
        .answer(
            Questions::agents,
            found -> new Agents(views(found, agent -> AgentView.of(agent, now)), found.complete()));
  }

  void agent(Context ctx) {
    String agentId = Params.path(ctx, "agentId");
    Asking.about(ctx, backbone.get(), Feed.ACTIVITY, agentId)
        .answer(
            questions -> questions.agent(agentId), agent -> AgentView.of(agent, clock.instant()));
  }

  void cursor(Context ctx) {
    String agentId = Params.required(ctx, "agentId");
    String agent = base(agentId);
    Asking.about(ctx, backbone.get(), Feed.ACTIVITY, agent)
        .answer(questions -> questions.agent(agent), Reads::cursorOf);
  }

  void budgets(Context ctx) {
    Backbone now = backbone.get();
    Instant time = clock.instant();
    Asking.all(ctx, now, Feed.ACTIVITY)
        .answer(
            Questions::agents,
            found -> new Budgets(
                views(found, agent -> BudgetView.of(agent, now.limits(), time)), found.complete()));
  }

  void budget(Context ctx) {
    Backbone now = backbone.get();
    String agentId = Params.path(ctx, "agentId");
    Asking.about(ctx, now, Feed.ACTIVITY, agentId)
        .answer(
            questions -> questions.agent(agentId),
            agent -> BudgetView.of(agent, now.limits(), clock.instant()));
  }

  /** Only sessions that are stuck, unless all=true. */
  void stuck(Context ctx) {
    boolean all = "true".equals(ctx.queryParam("all"));
    Asking.all(ctx, backbone.get(), Feed.ACTIVITY)
        .answer(Questions::sessions, found -> sessions(found, all));
  }

  void stuckOf(Context ctx) {
    String agentId = Params.path(ctx, "agentId");
    Asking.about(ctx, backbone.get(), Feed.ACTIVITY, agentId)
        .answer(questions -> questions.sessions(agentId), found -> sessions(found, true));
  }

  void stream(Context ctx) {
    String id = Params.required(ctx, "id");
    long after = Params.whole(ctx, "after", 0, Long.MAX_VALUE - 1, 0);
    int limit = (int) Params.whole(ctx, "limit", 1, STREAM_LIMIT_MAX, STREAM_LIMIT_DEFAULT);
    Feed feed = id.indexOf('#') >= 0 ? Feed.LIFECYCLE : Feed.ACTIVITY;
    Asking.about(ctx, backbone.get(), feed, id)
        .answer(questions -> questions.stream(id, after, limit), entries -> entries);
  }

  private static Sessions sessions(StoreReader.Rows<SessionKey, SessionState> found, boolean all) {
    List<SessionView> sessions = found.rows().stream()
        .map(row -> SessionView.of(row.value))
        .filter(session -> all || session.stuck())
        .toList();
    return new Sessions(sessions, found.complete());
  }

  private static <T> List<T> views(
      StoreReader.Rows<String, AgentState> found, Function<AgentState, T> view) {
    return found.rows().stream().map(row -> view.apply(row.value)).toList();
  }

  private static Cursor cursorOf(AgentState agent) {
    return new Cursor(
        agent.agentId(),
        agent.ordinal(),
        List.of(),
        agent.registration().slots(),
        agent.registration().subscribedEventTypes(),
        0);
  }

  /** dev-e-node/abc12 asks for its agent. */
  private static String base(String agentId) {
    int slash = agentId.indexOf('/');
    return slash > 0 ? agentId.substring(0, slash) : agentId;
  }
}
