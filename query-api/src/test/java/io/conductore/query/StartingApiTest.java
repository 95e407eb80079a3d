package io.conductore.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API answers before the application runs behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartingApiTest {
  private final RunningApi running = new RunningApi();

  @AfterAll
  void stop() {
    running.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/agents", "/api/agents/a", "/api/cursor?agentId=a", "/api/budgets", "/api/stuck",
        "/api/usage", "/api/costs/summary", "/api/events/stream?id=a", "/topology", "/healthz/ready"
      })
  void shouldSayWhenToComeBackWhileStarting(String path) throws Exception {
    // when
    HttpResponse<String> answer = running.get(path);

    // then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }

  @Test
  void shouldLiveWhileStarting() throws Exception {
    // when
    HttpResponse<String> answer = running.get("/healthz/live");

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void shouldServeTheDashboardAndItsParts() throws Exception {
    // when
    HttpResponse<String> page = running.get("/");
    HttpResponse<String> script = running.get("/app.js");
    HttpResponse<String> chart = running.get("/webjars/uplot/1.6.30/dist/uPlot.esm.js");
    HttpResponse<String> docs = running.get("/docs");

    // then
    assertThat(page.body()).contains("<html");
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(chart.statusCode()).isEqualTo(200);
    assertThat(docs.statusCode()).isEqualTo(200);
  }

  @Test
  void shouldAnswerUnknownPathsAndMethodsWithProblems() throws Exception {
    // when
    HttpResponse<String> path = running.get("/nothing/here");
    HttpResponse<String> method =
        running.send(HttpRequest.newBuilder(running.uri("/api/agents")).DELETE().build());

    // then
    assertThat(path.statusCode()).isEqualTo(404);
    assertThat(path.body()).contains("/problems/not-found");
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.body()).contains("/problems/method-not-allowed");
  }

  @Test
  void shouldRefuseWritesFromPagesOfOtherOrigins() throws Exception {
    // given
    HttpRequest write = HttpRequest.newBuilder(running.uri("/api/events"))
        .header("Origin", "https://elsewhere.example")
        .POST(HttpRequest.BodyPublishers.ofString("{}"))
        .build();

    // when
    HttpResponse<String> answer = running.send(write);

    // then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("/problems/cross-origin");
  }

  @Test
  void shouldCountRequestsByRouteInTheMetrics() throws Exception {
    // given
    running.get("/api/agents/some-agent");

    // when
    HttpResponse<String> metrics = running.get("/metrics");

    // then
    assertThat(metrics.body())
        .contains("http_route=\"/api/agents/{agentId}\"")
        .doesNotContain("some-agent");
  }
}
