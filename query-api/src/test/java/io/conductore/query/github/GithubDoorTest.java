package io.conductore.query.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.query.door.AppendOutcome;
import io.conductore.query.http.HttpLimits;
import io.conductore.query.http.HttpServer;
import io.conductore.query.read.PositionToken;
import io.conductore.query.read.ReadOutcome;
import io.conductore.schemas.LogEvent;
import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries over HTTP, with the log and what is known of pull requests in memory. */
class GithubDoorTest {
  private static final String SECRET = "It's a Secret to Everybody";

  private final List<LogEvent> appended = new ArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private ReadOutcome<Set<Integer>> known = found(Set.of());
  private @Nullable Javalin server;

  @AfterEach
  void stop() {
    client.close();
    if (server != null) {
      server.stop();
    }
  }

  /** The example of GitHub's own documentation. */
  @Test
  void shouldAgreeWithGithubsExampleWhenItSigns() {
    // given
    WebhookSecret secret = new WebhookSecret(SECRET);
    String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    // when
    boolean signed = secret.signs("Hello, World!".getBytes(StandardCharsets.UTF_8), signature);

    // then
    assertThat(signed).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "sha256=", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "sha1=7571", "x", "sha256=75"
      })
  void shouldRefuseWhenTheSignatureIsAnyOther(String signature) throws Exception {
    // given
    start(Optional.of(new WebhookSecret(SECRET)));
    String body = Deliveries.ofOurLabel("issues.labeled").toString();

    // when
    HttpResponse<String> answer = send(body, "issues", "d-1", signature);

    // then
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("/problems/webhook-unsigned");
    assertThat(appended).isEmpty();
    assertThat(metrics.counter("rig.github.deliveries", "outcome", "unsigned").count())
        .isEqualTo(1);
  }

  @Test
  void shouldSayHowToConfigureItWhenThereIsNoSecret() throws Exception {
    // given
    start(Optional.empty());

    // when
    HttpResponse<String> answer = signed(Deliveries.read("ping"), "ping", "d-1");

    // then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("RIG_GITHUB_WEBHOOK_SECRET", "secrets/github-webhook");
  }

  @Test
  void shouldAnswerAPing() throws Exception {
    // given
    start(Optional.of(new WebhookSecret(SECRET)));

    // when
    HttpResponse<String> answer = signed(Deliveries.read("ping"), "ping", "d-1");

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(appended).isEmpty();
  }

  @Test
  void shouldGiveTheSameIdsWhenADeliveryComesAgain() throws Exception {
    // given
    start(Optional.of(new WebhookSecret(SECRET)));
    ObjectNode delivery = Deliveries.ofOurLabel("issues.labeled");

    // when
    HttpResponse<String> first = signed(delivery, "issues", "72d3162e-cc78");
    HttpResponse<String> again = signed(delivery, "issues", "72d3162e-cc78");
    HttpResponse<String> other = signed(delivery, "issues", "72d3162e-cc79");

    // then
    assertThat(List.of(first.statusCode(), again.statusCode(), other.statusCode()))
        .containsOnly(200);
    assertThat(appended).extracting(LogEvent::key).containsOnly("Codertocat/Hello-World#1");
    assertThat(appended.get(0).eventId()).isEqualTo(appended.get(1).eventId());
    assertThat(appended.get(2).eventId()).isNotEqualTo(appended.get(0).eventId());
  }

  @Test
  void shouldTellEachIssueWhenTheirPullRequestIsKnown() throws Exception {
    // given
    start(Optional.of(new WebhookSecret(SECRET)));
    known = found(Set.of(7, 8));

    // when
    HttpResponse<String> answer =
        signed(Deliveries.read("check_suite.completed"), "check_suite", "d-1");

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(appended)
        .extracting(LogEvent::key)
        .containsExactlyInAnyOrder("Codertocat/Hello-World#7", "Codertocat/Hello-World#8");
  }

  @Test
  void shouldIgnoreWithAReasonWhenNoIssueIsKnown() throws Exception {
    // given
    start(Optional.of(new WebhookSecret(SECRET)));

    // when
    HttpResponse<String> answer =
        signed(Deliveries.read("check_suite.completed"), "check_suite", "d-1");

    // then
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("no issue of the rig is known");
    assertThat(metrics.counter("rig.github.deliveries", "outcome", "ignored").count())
        .isEqualTo(1);
  }

  @Test
  void shouldAskGithubToComeAgainWhenTheStoresDoNotAnswer() throws Exception {
    // given
    start(Optional.of(new WebhookSecret(SECRET)));
    known = new ReadOutcome.Unavailable<>("restoring", Duration.ofSeconds(1));

    // when
    HttpResponse<String> answer =
        signed(Deliveries.read("check_suite.completed"), "check_suite", "d-1");

    // then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "{}", "{\"a\":1,\"a\":2}", "\u0000"})
  void shouldNeverFailWhenASignedBodyIsNoDelivery(String body) throws Exception {
    // given
    start(Optional.of(new WebhookSecret(SECRET)));

    // when
    HttpResponse<String> answer = send(body, "issues", "d-1", sign(body));

    // then
    assertThat(answer.statusCode()).isBetween(200, 499);
  }

  @Test
  void shouldRefuseWhenTheBodyIsLongerThanAMebibyte() throws Exception {
    // given
    start(Optional.of(new WebhookSecret(SECRET)));
    String body = "{\"a\":\"" + "x".repeat(1_048_576) + "\"}";

    // when
    HttpResponse<String> answer = send(body, "issues", "d-1", sign(body));

    // then
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  private void start(Optional<WebhookSecret> secret) {
    GithubDoor door = new GithubDoor(
        secret,
        (repo, number) -> known,
        events -> {
          appended.addAll(events);
          return new AppendOutcome.Appended(PositionToken.START);
        },
        InstantSource.system());
    server = HttpServer.create(
        "127.0.0.1",
        HttpLimits.DEFAULT,
        config -> config.routes.post("/api/webhook/github", ctx -> door.post(ctx, metrics)));
    server.start("127.0.0.1", 0);
  }

  private HttpResponse<String> signed(ObjectNode delivery, String event, String id)
      throws Exception {
    return send(delivery.toString(), event, id, sign(delivery.toString()));
  }

  private HttpResponse<String> send(String body, String event, String id, String signature)
      throws Exception {
    int port = java.util.Objects.requireNonNull(server).port();
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/api/webhook/github"))
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", event)
        .header("X-GitHub-Delivery", id)
        // A refusal by length comes before the body is read, and the connection ends with it: who
        // sends first may see the end only.
        .expectContinue(true)
        .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!signature.isEmpty()) {
      request.header("X-Hub-Signature-256", signature);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String sign(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] hash = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    return "sha256=" + HexFormat.of().formatHex(hash);
  }

  private static ReadOutcome<Set<Integer>> found(Set<Integer> issues) {
    return new ReadOutcome.Found<>(issues, PositionToken.START);
  }
}
