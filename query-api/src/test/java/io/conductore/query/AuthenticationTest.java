package io.conductore.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.query.auth.Need;
import io.conductore.query.auth.Role;
import io.conductore.query.auth.RouteNeeds;
import io.conductore.query.http.HttpLimits;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who is let in, over real HTTP. Nothing runs behind this API, so that 503 means let in; what an
 * agent may say in a body is EventRightsTest's and the end-to-end test's.
 */
class AuthenticationTest {
  private static final int LET_IN = 503;

  @TempDir
  private Path folder;

  private final SetClock clock = new SetClock();
  private TokenFixture tokens;
  private RunningApi running;
  private String viewer;
  private String agent;
  private String operator;

  @BeforeEach
  void start() {
    tokens = new TokenFixture(folder, clock);
    viewer = tokens.viewer();
    agent = tokens.agent("dev-e");
    operator = tokens.operator();
    running = new RunningApi(tokens.access(), clock, HttpLimits.DEFAULT);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void shouldAskForATokenOnEveryRouteThatNeedsOne() throws Exception {
    // given
    Set<String> wrong = new TreeSet<>();

    // when
    for (String route : running.api().routeTable()) {
      HttpResponse<String> answer = send(route, "");
      boolean asked = answer.statusCode() == 401
          && answer.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer")
          && answer.body().contains("/problems/unauthorized");
      if (asked == RouteNeeds.of(route).roles().isEmpty()) {
        wrong.add(route + " answered " + answer.statusCode());
      }
    }

    // then
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void shouldLetEachRoleInWhereTheTableSaysSo(Role role) throws Exception {
    // given
    String secret = switch (role) {
      case VIEWER -> viewer;
      case AGENT -> agent;
      case OPERATOR -> operator;
    };
    Set<String> wrong = new TreeSet<>();

    // when
    for (String route : running.api().routeTable()) {
      Need need = RouteNeeds.of(route);
      boolean may = need.roles().isEmpty() || need.roles().contains(role);
      HttpResponse<String> answer = send(route, secret);
      if (may == (answer.statusCode() == 401 || answer.statusCode() == 403)) {
        wrong.add(route + " answered " + answer.statusCode());
      }
    }

    // then
    assertThat(wrong).isEmpty();
  }

  @Test
  void shouldLetAnAgentAskForItselfOnly() throws Exception {
    // when
    int own = get("/api/cursor?agentId=dev-e", agent).statusCode();
    int ownInstance = get("/api/cursor?agentId=dev-e/abc12", agent).statusCode();
    HttpResponse<String> other = get("/api/cursor?agentId=dev-f", agent);
    int hidden = get("/api/cursor?agentId=dev-e&agentId=dev-f", agent).statusCode();
    int longer = get("/api/cursor?agentId=dev-e2", agent).statusCode();
    int operators = get("/api/cursor?agentId=dev-f", operator).statusCode();

    // then
    assertThat(own).isEqualTo(LET_IN);
    assertThat(ownInstance).isEqualTo(LET_IN);
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.body()).contains("/problems/forbidden", "\"field\":\"agentId\"");
    assertThat(hidden).isEqualTo(403);
    assertThat(longer).isEqualTo(403);
    assertThat(operators).isEqualTo(LET_IN);
  }

  @Test
  void shouldKeepProbesAndPagesOpenAndMetricsClosed() throws Exception {
    // when
    HttpResponse<String> live = running.get("/healthz/live");
    int page = running.get("/").statusCode();
    int script = running.get("/app.js").statusCode();
    int chart = running.get("/webjars/uplot/1.6.30/dist/uPlot.esm.js").statusCode();
    int metrics = running.get("/metrics").statusCode();
    HttpResponse<String> metricsWithToken = get("/metrics", viewer);

    // then
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.body()).contains("\"authentication\":\"on\"");
    assertThat(page).isEqualTo(200);
    assertThat(script).isEqualTo(200);
    assertThat(chart).isEqualTo(200);
    assertThat(metrics).isEqualTo(401);
    assertThat(metricsWithToken.statusCode()).isEqualTo(200);
    assertThat(metricsWithToken.body()).doesNotContain(viewer, "screen");
  }

  @Test
  void shouldGiveNothingAwayToHead() throws Exception {
    // when
    HttpResponse<String> head = running.send(HttpRequest.newBuilder(running.uri("/api/agents"))
        .method("HEAD", HttpRequest.BodyPublishers.noBody())
        .build());

    // then
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("X-Position")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "token", "agentId"})
  void shouldRefuseATokenInTheAddress(String parameter) throws Exception {
    // when
    HttpResponse<String> answer = running.get("/api/agents?" + parameter + "=" + viewer);

    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("/problems/token-in-query").doesNotContain(viewer);
  }

  @Test
  void shouldSayThatATokenHasExpired() throws Exception {
    // given
    String brief =
        tokens.add("brief", Role.VIEWER, null, clock.instant().plus(Duration.ofMinutes(1)));
    clock.goOn(Duration.ofSeconds(2));
    int before = get("/api/agents", brief).statusCode();

    // when
    clock.goOn(Duration.ofMinutes(1));
    HttpResponse<String> after = get("/api/agents", brief);

    // then
    assertThat(before).isEqualTo(LET_IN);
    assertThat(after.statusCode()).isEqualTo(401);
    assertThat(after.body()).contains("expired at 2026-11-23T12:01:00Z");
  }

  @Test
  void shouldFollowTheFileWithoutARestart() throws Exception {
    // given
    String next = tokens.viewer();
    int tooEarly = get("/api/agents", next).statusCode();

    // when
    clock.goOn(Duration.ofSeconds(1));
    int overlapOld = get("/api/agents", viewer).statusCode();
    int overlapNew = get("/api/agents", next).statusCode();
    tokens.file().remove("screen");
    clock.goOn(Duration.ofSeconds(1));
    int revoked = get("/api/agents", next).statusCode();
    int others = get("/api/agents", operator).statusCode();

    // then
    assertThat(tooEarly).isEqualTo(401);
    assertThat(overlapOld).isEqualTo(LET_IN);
    assertThat(overlapNew).isEqualTo(LET_IN);
    assertThat(revoked).isEqualTo(401);
    assertThat(others).isEqualTo(LET_IN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokens: [", "", "salt: x\ntokens: []\n", "tokens:\n- {name: a}\n"})
  void shouldKeepTheTokensItHasWhileTheFileIsWrong(String text) throws Exception {
    // given
    Files.writeString(tokens.file().path(), text);

    // when
    clock.goOn(Duration.ofSeconds(1));
    int wrong = get("/api/agents", viewer).statusCode();
    Files.delete(tokens.file().path());
    clock.goOn(Duration.ofSeconds(1));
    int away = get("/api/agents", viewer).statusCode();

    // then
    assertThat(wrong).isEqualTo(LET_IN);
    assertThat(away).isEqualTo(LET_IN);
  }

  private HttpResponse<String> get(String path, String secret) throws Exception {
    return running.get(path, TokenFixture.bearer(secret));
  }

  /** A request for a route of the table, with or without a token. */
  private HttpResponse<String> send(String route, String secret) throws Exception {
    String[] parts = route.split(" ");
    String path = parts[1].replaceAll("\\{[^}]*}", "1");
    HttpRequest.Builder request = HttpRequest.newBuilder(running.uri(path))
        .method(parts[0], HttpRequest.BodyPublishers.noBody());
    if (!secret.isEmpty()) {
      request.headers(TokenFixture.bearer(secret));
    }
    return running.send(request.build());
  }
}
