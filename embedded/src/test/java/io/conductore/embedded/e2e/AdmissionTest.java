package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Admissions over HTTP, as a proxy, an agent's hook and an operator see them. */
class AdmissionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SEEN_MAX = Duration.ofSeconds(20);

  @TempDir
  static Path data;

  private static RigProcess rig;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(data.resolve("rig"));
    limits(1_000);
    rig = RigProcess.start(data);
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void shouldReserveAndSettleWhenACallIsMade() throws Exception {
    // given
    HttpResponse<String> first = admit("dev-e", "r1", 700, 100);

    // when
    HttpResponse<String> again = admit("dev-e", "r1", 700, 100);
    long reserved = tokens("dev-e", "reserved");
    spend("dev-e", "r1", 300);

    // then
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    JsonNode body = JSON.readTree(first.body());
    assertThat(body.path("reservedTokens").asLong()).isEqualTo(800);
    assertThat(body.path("tightest").path("usedRatio").decimalValue()).isEqualByComparingTo("0.8");
    assertThat(first.headers().firstValue("anthropic-ratelimit-unified-status"))
        .contains("allowed_warning");
    assertThat(reserved).isEqualTo(800);
    Awaitility.await()
        .atMost(SEEN_MAX)
        .untilAsserted(() -> assertThat(tokens("dev-e", "reserved")).isZero());
    assertThat(tokens("dev-e", "spent")).isEqualTo(300);
    assertThat(admit("dev-e", "r1", 700, 100).statusCode()).isEqualTo(409);
  }

  @Test
  void shouldNameTheLimitAndWhenToComeAgainWhenThereIsNoRoom() throws Exception {
    // given
    spend("full-e", null, 950);
    awaitSpent("full-e", 950);

    // when
    HttpResponse<String> refusal = admit("full-e", "r1", 40, 20);
    HttpResponse<String> anthropic =
        send("full-e", "r2", 40, 20, "anthropic-version", "2023-06-01");

    // then
    assertThat(refusal.statusCode()).isEqualTo(429);
    assertThat(refusal.headers().firstValue("content-type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(refusal.headers().firstValue("x-should-retry")).contains("false");
    long seconds = refusal.headers().firstValueAsLong("retry-after").orElseThrow();
    assertThat(seconds).isBetween(1L, Duration.ofDays(1).toSeconds());
    JsonNode problem = JSON.readTree(refusal.body());
    assertThat(problem.path("type").asText()).isEqualTo("/problems/budget-exceeded");
    assertThat(problem.path("limit").path("scope").asText()).isEqualTo("agent");
    assertThat(problem.path("limit").path("window").asText()).isEqualTo("day");
    assertThat(problem.path("detail").asText()).contains("full-e", "1000", "950", "60");
    assertThat(anthropic.statusCode()).isEqualTo(429);
    JsonNode error = JSON.readTree(anthropic.body());
    assertThat(error.path("type").asText()).isEqualTo("error");
    assertThat(error.path("error").path("type").asText()).isEqualTo("billing_error");
    assertThat(anthropic.headers().firstValue("anthropic-ratelimit-unified-status"))
        .contains("rejected");
  }

  @Test
  void shouldStopTheAgentEverywhereUntilTheFileRaisesTheLimit() throws Exception {
    // given
    assertThat(rig.post("{\"type\":\"ISSUE_APPROVED\",\"repo\":\"o/r\",\"issueNumber\":7}")
            .statusCode())
        .isEqualTo(200);
    spend("raised-e", null, 1_000);

    // when
    Awaitility.await().atMost(SEEN_MAX).untilAsserted(() -> {
      assertThat(budget("raised-e").path("stopped").asBoolean()).isTrue();
      assertThat(claimRefusal("raised-e")).isEqualTo("budget-spent");
      assertThat(openEscalations("raised-e")).containsExactly("budget-exceeded");
    });
    assertThat(admit("raised-e", "r1", 1, 1).statusCode()).isEqualTo(429);
    limits(5_000);

    // then
    Awaitility.await().atMost(SEEN_MAX).untilAsserted(() -> {
      assertThat(budget("raised-e").path("stopped").asBoolean()).isFalse();
      assertThat(openEscalations("raised-e")).isEmpty();
    });
    assertThat(admit("raised-e", "r2", 1, 1).statusCode()).isEqualTo(200);
    List<String> types = StreamSupport.stream(
            rig.json("/api/events/stream?id=raised-e").spliterator(), false)
        .map(event -> event.path("type").asText())
        .toList();
    assertThat(types).contains("BudgetWarning", "BudgetExceeded", "BudgetReset");
  }

  @Test
  void shouldNameTheFieldWhenTheRequestIsWrong() throws Exception {
    // given
    String path = "/api/budgets/dev-e/admit";

    // when
    HttpResponse<String> noId =
        rig.send(path, "{\"estimatedInputTokens\":1,\"maxOutputTokens\":1}");
    HttpResponse<String> negative =
        rig.send(path, "{\"requestId\":\"x\",\"estimatedInputTokens\":-1,\"maxOutputTokens\":1}");
    HttpResponse<String> huge = rig.send(
        path, "{\"requestId\":\"x\",\"estimatedInputTokens\":1,\"maxOutputTokens\":100000001}");

    // then
    assertThat(noId.statusCode()).isEqualTo(400);
    assertThat(noId.body()).contains("requestId");
    assertThat(negative.statusCode()).isEqualTo(400);
    assertThat(negative.body()).contains("estimatedInputTokens");
    assertThat(huge.statusCode()).isEqualTo(400);
    assertThat(huge.body()).contains("maxOutputTokens");
  }

  private static void limits(int tokens) throws Exception {
    String yaml = """
        default: {day: {tokens: 1000}}
        agents:
          raised-e: {day: {tokens: %d}}
        """.formatted(tokens);
    Path next = Files.writeString(data.resolve("next.yaml"), yaml);
    Files.move(
        next,
        data.resolve("rig/budgets.yaml"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private static HttpResponse<String> admit(String agent, String request, int input, int output)
      throws Exception {
    return send(agent, request, input, output);
  }

  private static HttpResponse<String> send(
      String agent, String request, int input, int output, String... headers) throws Exception {
    String body = "{\"requestId\":\"%s\",\"estimatedInputTokens\":%d,\"maxOutputTokens\":%d}"
        .formatted(request, input, output);
    return rig.send("/api/budgets/" + agent + "/admit", body, headers);
  }

  private static void spend(String agent, String request, int tokens) throws Exception {
    String of = request == null ? "" : ",\"requestId\":\"" + request + "\"";
    String event = "{\"type\":\"TOKEN_USAGE\",\"agentId\":\"%s\",\"inputTokens\":%d%s}"
        .formatted(agent, tokens, of);
    assertThat(rig.post(event).statusCode()).isEqualTo(200);
  }

  private static void awaitSpent(String agent, int tokens) {
    Awaitility.await().atMost(SEEN_MAX).ignoreExceptions().untilAsserted(() -> {
      assertThat(tokens(agent, "spent")).isEqualTo(tokens);
      assertThat(budget(agent).path("tenant").asText()).isEqualTo("default");
    });
  }

  private static JsonNode budget(String agent) throws Exception {
    return rig.json("/api/budgets/" + agent);
  }

  /** Of the day. */
  private static long tokens(String agent, String amount) throws Exception {
    return budget(agent).path("windows").get(1).path("tokens").path(amount).asLong();
  }

  private static String claimRefusal(String agent) throws Exception {
    return rig.get("/api/assignments/next?agentId=" + agent)
        .headers()
        .firstValue("Reason")
        .orElse("none");
  }

  private static List<String> openEscalations(String agent) throws Exception {
    return StreamSupport.stream(
            rig.json("/api/escalations").path("escalations").spliterator(), false)
        .filter(
            escalation -> escalation.path("subject").path("agentId").asText().equals(agent))
        .filter(escalation -> escalation.path("closedAt").isNull())
        .map(escalation -> escalation.path("cause").asText())
        .toList();
  }
}
