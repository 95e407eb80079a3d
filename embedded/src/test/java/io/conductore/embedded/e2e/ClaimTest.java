package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims over HTTP on a running rig. Each test has a pool of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClaimTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  static Path data;

  private RigProcess rig;

  @BeforeAll
  void start() throws Exception {
    rig = RigProcess.start(data);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @Test
  void shouldAnswerAsTheOriginalDoesAndFenceTheAssignment() throws Exception {
    // given
    approve("body", 547);

    // when
    HttpResponse<String> answer =
        rig.get("/api/assignments/next?agentId=dev-e-1/abc12&pool=body&wait=30s");

    // then
    JsonNode body = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(body.path("streamId").asText()).isEqualTo("o/body#547");
    assertThat(body.path("issue").path("number").asInt()).isEqualTo(547);
    assertThat(body.path("issue").path("repo").asText()).isEqualTo("o/body");
    assertThat(body.path("issue").path("title").asText()).isEqualTo("t");
    assertThat(body.path("issue").path("milestone").isNull()).isTrue();
    assertThat(body.path("priority").asText()).isEqualTo("normal");
    assertThat(body.path("attempt").asInt()).isEqualTo(1);
    assertThat(body.path("agentId").asText()).isEqualTo("dev-e-1");
    assertThat(body.path("leaseToken").asLong()).isPositive();
    assertThat(body.path("startBy").asText()).isLessThan(body.path("leaseUntil").asText());
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Idempotency-Key"))
        .contains(body.path("claimId").asText());
  }

  @Test
  void shouldGiveTheSameAssignmentWhenAClaimIsRepeated() throws Exception {
    // given
    approve("again", 1);
    approve("again", 2);
    String path = "/api/assignments/next?agentId=again&pool=again&wait=30s";

    // when
    HttpResponse<String> first = rig.get(path, "Idempotency-Key", "k-1");
    HttpResponse<String> again = rig.get(path, "Idempotency-Key", "k-1");
    HttpResponse<String> other =
        rig.get("/api/assignments/next?agentId=again&pool=again", "Idempotency-Key", "k-2");

    // then
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(other.statusCode()).isEqualTo(204);
    assertThat(other.headers().firstValue("Reason")).contains("at-capacity");
  }

  @Test
  void shouldSayWhyThereIsNothingAndWriteNothing() throws Exception {
    // given
    rig.get("/api/assignments/next?agentId=idle&pool=idle");

    // when
    HttpResponse<String> once = rig.get("/api/assignments/next?agentId=idle&pool=idle");
    HttpResponse<String> twice = rig.get("/api/reviews/next?agentId=idle&pool=idle&wait=1s");

    // then
    assertThat(once.statusCode()).isEqualTo(204);
    assertThat(once.body()).isEmpty();
    assertThat(once.headers().firstValue("Reason")).contains("queue-empty");
    assertThat(twice.headers().firstValue("Reason")).contains("queue-empty");
    assertThat(twice.headers().firstValue("X-Position"))
        .isEqualTo(once.headers().firstValue("X-Position"));
  }

  @Test
  void shouldAnswerAWaitingClaimAsSoonAsThereIsWork() throws Exception {
    // given
    CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> {
      try {
        return rig.get("/api/assignments/next?agentId=early&pool=early&wait=15s");
      } catch (Exception failed) {
        throw new AssertionError(failed);
      }
    });

    // when
    approve("early", 3);

    // then
    HttpResponse<String> answer = waiting.get(20, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("streamId").asText()).isEqualTo("o/early#3");
  }

  @Test
  void shouldListWhatWaitsAndCountWhatIsInFlight() throws Exception {
    // given
    approve("list", 1);
    approve("list", 2);
    rig.get("/api/assignments/next?agentId=list&pool=list&wait=30s");

    // when / then
    Awaitility.await().untilAsserted(() -> {
      JsonNode depth = rig.json("/api/queue/depth?pool=list");
      assertThat(depth.path("depth").asInt()).isEqualTo(1);
      assertThat(depth.path("inFlight").asInt()).isEqualTo(1);
    });
    JsonNode queue = rig.json("/api/queue?pool=list");
    assertThat(queue.path("complete").asBoolean()).isTrue();
    assertThat(queue.path("issues")).hasSize(1);
    assertThat(queue.path("issues").get(0).path("priority").asText()).isEqualTo("normal");
  }

  @Test
  void shouldRefuseAPageOfAnotherOrigin() throws Exception {
    // when
    HttpResponse<String> named =
        rig.get("/api/assignments/next?agentId=a", "Origin", "https://elsewhere.example");
    HttpResponse<String> image =
        rig.get("/api/assignments/next?agentId=a", "Sec-Fetch-Site", "cross-site");

    // then
    assertThat(named.statusCode()).isEqualTo(403);
    assertThat(image.statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"agentId=a&wait=61, wait", "agentId=a&wait=soon, wait", "pool=p, agentId"})
  void shouldNameTheParameterThatIsWrong(String query, String parameter) throws Exception {
    // when
    HttpResponse<String> answer = rig.get("/api/assignments/next?" + query);

    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("errors").get(0).path("field").asText())
        .isEqualTo(parameter);
  }

  private void approve(String pool, int number) throws Exception {
    String event = """
        {"type":"ISSUE_APPROVED","repo":"o/%s","issueNumber":%d,"title":"t","pool":"%s",
         "priority":"normal"}""".formatted(pool, number, pool);
    assertThat(rig.post(event).statusCode()).isEqualTo(200);
  }
}
