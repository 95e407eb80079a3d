package io.conductore.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conductore.query.http.Params;
import io.conductore.query.read.AgentView;
import io.conductore.query.read.NudgeText;
import io.conductore.query.read.Questions;
import io.conductore.query.read.SessionView;
import io.conductore.query.read.StoreReader;
import io.conductore.schemas.Feed;
import io.conductore.topology.activity.AgentState;
import io.conductore.topology.activity.SessionKey;
import io.conductore.topology.activity.SessionState;
import io.conductore.topology.dispatch.AgentDesk;
import io.conductore.topology.handoff.Pools;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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

  private record Sessions(List<SessionView> sessions, boolean complete) {}

  /** The seed's cursor: inFlight and slots are dispatch's, lastOrdinal and waiting the inbox's. */
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
    String pool = Params.text(ctx, "pool").orElse(Pools.DEFAULT);
    // The agent last, so that the position is that of the log which registers it.
    Asking.about(ctx, backbone.get(), Feed.ACTIVITY, agent)
        .answer(
            questions -> Questions.then(
                questions.desk(pool, agent),
                desk -> Questions.then(
                    questions.cursor(agent),
                    inbox -> Questions.map(
                        questions.agent(agent),
                        (state, position) -> cursorOf(state, desk, inbox)))),
            cursor -> cursor);
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

  /** For a hook; of one session, or of all of the agent's. */
  void nudge(Context ctx) {
    String agentId = Params.path(ctx, "agentId");
    Optional<String> sessionId = Params.text(ctx, "sessionId");
    Asking.about(ctx, backbone.get(), Feed.ACTIVITY, agentId)
        .text(
            questions -> questions.sessions(agentId),
            found -> NudgeText.of(found.rows().stream()
                .map(row -> row.value)
                .filter(session ->
                    sessionId.isEmpty() || sessionId.get().equals(session.key().sessionId()))
                .toList()));
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

  private static Cursor cursorOf(
      AgentState agent, Optional<AgentDesk> desk, io.conductore.topology.cursor.Cursor inbox) {
    return new Cursor(
        agent.agentId(),
        inbox.acknowledged(),
        desk.map(AgentDesk::issues).orElse(List.of()),
        desk.map(AgentDesk::slots).orElse(agent.registration().slots()),
        agent.registration().subscribedEventTypes(),
        inbox.waiting());
  }

  /** dev-e-node/abc12 asks for its agent. */
  static String base(String agentId) {
    int slash = agentId.indexOf('/');
    return slash > 0 ? agentId.substring(0, slash) : agentId;
  }
}
