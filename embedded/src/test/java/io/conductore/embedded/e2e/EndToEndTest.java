package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conductore.embedded.dlq.DeadLetter;
import io.conductore.embedded.dlq.DeadLetterBox;
import io.conductore.schemas.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One running rig, used as its users do. Each test has agents and issues of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndToEndTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(10);

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
  void shouldAnswerAsTheOriginalDoesAndSayMore() throws Exception {
    // given
    String approved = """
        {"type":"ISSUE_APPROVED","repo":"Stig-Johnny/star-rewards","issueNumber":547,
         "title":"feat: Add Firestore rules CI check","priority":"normal","dependsOn":[]}""";

    // when
    HttpResponse<String> answer = rig.post(approved, "Prefer", "wait=5");

    // then
    JsonNode body = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(body.path("streamId").asText()).isEqualTo("Stig-Johnny/star-rewards#547");
    assertThat(body.path("type").asText()).isEqualTo("ISSUE_APPROVED");
    assertThat(body.path("ordinal").asLong()).isEqualTo(1);
    assertThat(body.path("eventId").asText()).isNotEmpty();
    assertThat(answer.headers().firstValue("X-Position"))
        .contains(body.path("position").asText());
    JsonNode stream = rig.json("/api/events/stream?id=Stig-Johnny/star-rewards%23547");
    assertThat(stream.get(0).path("type").asText()).isEqualTo("IssueApproved");
    assertThat(stream.get(0).path("data").path("title").asText()).startsWith("feat:");
  }

  @Test
  void shouldReadItsOwnWriteWhenItSendsTheToken() throws Exception {
    for (int i = 0; i < 50; i++) {
      // given
      String agent = "token-" + i;
      HttpResponse<String> written = rig.post(
          "{\"type\":\"HEARTBEAT\",\"agentId\":\"%s\",\"status\":\"idle\"}".formatted(agent));
      String token = written.headers().firstValue("X-Position").orElseThrow();

      // when
      JsonNode read = rig.json("/api/agents/" + agent, "If-Position-At-Least", token);

      // then
      assertThat(read.path("status").asText()).isEqualTo("idle");
    }
  }

  @Test
  void shouldSayBehindRatherThanAnswerOlderThanTheToken() throws Exception {
    // given
    String future = "a0.999999999-a1.999999999-a2.999999999-a3.999999999";

    // when
    HttpResponse<String> answer = rig.get("/api/agents", "If-Position-At-Least", future);

    // then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("/problems/behind-position");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void shouldTakeAllOfABatchOrNone() throws Exception {
    // given
    String good = "{\"type\":\"HEARTBEAT\",\"agentId\":\"batch\",\"status\":\"working\"}";
    String bad = "{\"type\":\"TOOL_CALL\",\"agentId\":\"batch\",\"tool\":7}";

    // when
    HttpResponse<String> refused = rig.post("[" + good + "," + bad + "]");
    HttpResponse<String> unknown = rig.get("/api/agents/batch");
    HttpResponse<String> taken = rig.post(
        good + "\n" + good + "\n", "Content-Type", "application/x-ndjson", "Prefer", "wait=5");

    // then
    assertThat(refused.statusCode()).isEqualTo(400);
    JsonNode error = JSON.readTree(refused.body()).path("errors").get(0);
    assertThat(error.path("index").asInt()).isEqualTo(1);
    assertThat(error.path("field").asText()).isEqualTo("tool");
    assertThat(unknown.statusCode()).isEqualTo(404);
    JsonNode events = JSON.readTree(taken.body()).path("events");
    assertThat(events.get(0).path("ordinal").asLong()).isEqualTo(1);
    assertThat(events.get(1).path("ordinal").asLong()).isEqualTo(2);
  }

  @Test
  void shouldNameAnUnknownTypeAsTheOriginalDoes() throws Exception {
    // when
    HttpResponse<String> answer = rig.post("{\"type\":\"INVALID\"}");

    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("error").asText())
        .isEqualTo("Unknown event type: INVALID");
  }

  @Test
  void shouldNameTheFieldWhenANameIsTooLongForAKey() throws Exception {
    // given
    String event = "{\"type\":\"TOOL_CALL\",\"agentId\":\"long\",\"tool\":\"%s\"}";

    // when
    HttpResponse<String> answer = rig.post(event.formatted("x".repeat(201)));

    // then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("errors").get(0).path("field").asText())
        .isEqualTo("tool");
  }

  @Test
  void shouldCountAnEventWhoseClockCannotBeRight() throws Exception {
    // given
    String event = "{\"type\":\"HEARTBEAT\",\"agentId\":\"ahead\",\"occurredAt\":\"%s\"}";

    // when
    rig.post(event.formatted("2100-01-01T00:00:00Z"));
    rig.post(event.formatted(Instant.now()));

    // then
    assertThat(rig.get("/metrics").body())
        .contains("rig_events_clamped_total 1.0", "kafka_stream_thread_commit_ratio{")
        .doesNotContain("kafka_consumer_reauthentication");
  }

  @Test
  void shouldMakeARetryHarmless() throws Exception {
    // given
    String usage =
        "{\"type\":\"TOKEN_USAGE\",\"agentId\":\"retry\",\"repo\":\"o/r\",\"inputTokens\":10}";

    // when
    HttpResponse<String> first = rig.post(usage, "Idempotency-Key", "k-1", "Prefer", "wait=5");
    HttpResponse<String> again = rig.post(usage, "Idempotency-Key", "k-1", "Prefer", "wait=5");
    String token = again.headers().firstValue("X-Position").orElseThrow();

    // then
    assertThat(JSON.readTree(again.body()).path("ordinal"))
        .isEqualTo(JSON.readTree(first.body()).path("ordinal"));
    JsonNode total = rig.json("/api/usage?agentId=retry", "If-Position-At-Least", token);
    assertThat(total.path("total").path("inputTokens").asLong()).isEqualTo(10);
  }

  @Test
  void shouldTakeEventsFromAnyKafkaClientAndKeepWhatItCannotRead() throws Exception {
    // given
    String broken = "{\"type\":\"HEARTBEAT\",";
    try (KafkaProducer<String, String> producer = jsonProducer()) {
      // when
      producer.send(new ProducerRecord<>(
          Topics.INGRESS,
          "ingress",
          "{\"type\":\"HEARTBEAT\",\"agentId\":\"ingress\",\"status\":\"idle\"}"));
      producer.send(new ProducerRecord<>(Topics.INGRESS, "ingress", broken));
      producer.flush();
    }

    // then
    Awaitility.await().atMost(SOON).until(() -> rig.get("/api/agents/ingress").statusCode() == 200);
    try (DeadLetterBox box = new DeadLetterBox(rig.bootstrapServers())) {
      List<DeadLetter> letters = new ArrayList<>();
      Awaitility.await().atMost(SOON).until(() -> {
        letters.clear();
        box.forEach(List.of(Topics.DLQ_INTAKE), letters::add);
        return !letters.isEmpty();
      });
      assertThat(letters.getFirst().record().value())
          .isEqualTo(broken.getBytes(StandardCharsets.UTF_8));
      assertThat(letters.getFirst().sourceTopic()).contains(Topics.INGRESS);
      assertThat(box.replayNew(List.of(Topics.DLQ_INTAKE))).isEqualTo(1);
      assertThat(box.replayNew(List.of(Topics.DLQ_INTAKE))).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void shouldStopWithinFiveSecondsAndAnswerTheSameAfterwards(@TempDir Path other) throws Exception {
    try (RigProcess own = RigProcess.start(other)) {
      // given
      String batch = IntStream.range(0, 200)
          .mapToObj(i -> """
                      {"type":"TOKEN_USAGE","agentId":"a%d","sessionId":"s","repo":"o/r",
                       "model":"claude-sonnet-4-6","inputTokens":%d}""".formatted(i % 7, i))
          .collect(Collectors.joining(",", "[", "]"));
      HttpResponse<String> written = own.post(batch);
      String token = written.headers().firstValue("X-Position").orElseThrow();
      Map<String, JsonNode> before = answers(own, token);

      // when
      boolean stopped = own.stop(Duration.ofSeconds(5));
      own.startAgain();

      // then
      assertThat(stopped).isTrue();
      assertThat(answers(own, token)).isEqualTo(before);
    }
  }

  private static Map<String, JsonNode> answers(RigProcess rig, String token) {
    return List.of(
            "/api/agents",
            "/api/cursor?agentId=a1",
            "/api/stuck?all=true",
            "/api/usage",
            "/api/costs/summary",
            "/api/costs/daily",
            "/api/costs/issue",
            "/api/events/stream?id=a1")
        .stream()
        .collect(Collectors.toMap(path -> path, path -> answer(rig, path, token)));
  }

  private static JsonNode answer(RigProcess rig, String path, String token) {
    try {
      return sorted(rig.json(path, "If-Position-At-Least", token));
    } catch (Exception failed) {
      throw new AssertionError(path, failed);
    }
  }

  /** Lists of equal sums have no order between them. */
  private static JsonNode sorted(JsonNode node) {
    if (node.isArray()) {
      List<JsonNode> items = StreamSupport.stream(node.spliterator(), false)
          .map(EndToEndTest::sorted)
          .sorted(java.util.Comparator.comparing(JsonNode::toString))
          .toList();
      return JSON.createArrayNode().addAll(items);
    }
    if (node.isObject()) {
      var copy = JSON.createObjectNode();
      node.properties().forEach(entry -> copy.set(entry.getKey(), sorted(entry.getValue())));
      return copy;
    }
    return node;
  }

  private KafkaProducer<String, String> jsonProducer() {
    return new KafkaProducer<>(Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, rig.bootstrapServers(),
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class));
  }
}
