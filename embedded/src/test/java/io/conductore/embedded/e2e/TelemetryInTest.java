package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.schemas.Topics;
import io.conductore.topology.otlp.OtlpKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.RoundingMode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The recorded exports of the real Claude Code, sent as it sends them to one running rig: what the
 * API shows is what the tool counted itself, whichever sources tell of a session and how often.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TelemetryInTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int CALLS_IN_THE_LOST_EXPORT = 3;
  private static final int CALLS_OF_THE_LOOP = 13;

  /** The tool adds binary fractions; ours are exact to this digit. */
  private static final int PICO_DIGITS = 12;

  @TempDir
  static Path data;

  private final HttpClient client = HttpClient.newHttpClient();
  private RigProcess rig;

  @BeforeAll
  void start() throws Exception {
    Files.createDirectories(data.resolve("rig"));
    Files.writeString(
        data.resolve("rig").resolve("telemetry.yaml"),
        "agent: [crew.member, agent.id, service.name]\n");
    rig = RigProcess.start(data);
  }

  @AfterAll
  void stop() {
    rig.close();
    client.close();
  }

  /** The first export of loop-json holds 3 of 13 calls, its counters all: the gap is shown. */
  @Test
  @Order(1)
  void shouldShowTheGapWhenTheExportLostCalls() throws Exception {
    // given
    Recording loop = Recording.of("loop-json");
    JsonNode usage = loop.result().path("usage");

    // when
    post(loop, OtlpKind.LOGS);
    post(loop, OtlpKind.METRICS);

    // then
    JsonNode answer = settled(loop, CALLS_IN_THE_LOST_EXPORT);
    JsonNode telemetry = answer.path("telemetry");
    assertThat(telemetry.path("state").asText()).isEqualTo("calls-missing");
    equal(telemetry.path("metered"), usage, 1, 1);
    equal(telemetry.path("counted"), usage, CALLS_IN_THE_LOST_EXPORT, CALLS_OF_THE_LOOP);
    equal(
        telemetry.path("gap"),
        usage,
        CALLS_OF_THE_LOOP - CALLS_IN_THE_LOST_EXPORT,
        CALLS_OF_THE_LOOP);
    assertThat(telemetry.path("gap").path("costUsd").decimalValue()).isEqualByComparingTo("0.0870");
    assertThat(rig.json("/api/telemetry?agentId=dev-e&gap=true").path("sessions"))
        .hasSize(1)
        .first()
        .satisfies(
            session -> assertThat(session.path("sessionId").asText()).isEqualTo(loop.sessionId()));
  }

  /** Both healthy sessions and, once its transcript is imported, the one that looped. */
  @ParameterizedTest
  @Order(2)
  @CsvSource({"healthy-json, 10, 9", "healthy-proto, 10, 9", "loop-json, 13, 12"})
  void shouldShowTheToolsOwnTotalsOnceWhenEverySourceTellsOfASession(
      String name, int modelCalls, int toolCalls) throws Exception {
    // given
    Recording session = Recording.of(name);

    // when: as by an exporter that tries again, then the transcript, then a proxy on the way
    for (int times = 0; times < 2; times++) {
      for (OtlpKind kind : OtlpKind.values()) {
        post(session, kind);
      }
      RigProcess.Said imported = importTranscript(session);
      assertThat(imported.status()).as(imported.text()).isZero();
      assertThat(rig.post(proxyRecord(session)).statusCode()).isEqualTo(200);
    }

    // then
    JsonNode result = session.result();
    JsonNode answer = settled(session, modelCalls);
    equal(answer.path("total"), result.path("usage"), 1, 1);
    assertThat(answer.path("usage")).hasSize(1);
    assertThat(answer.path("usage").get(0).path("agentId").asText()).isEqualTo("dev-e");
    assertThat(answer.path("total").path("costUsd").decimalValue())
        .isEqualByComparingTo(result
            .path("total_cost_usd")
            .decimalValue()
            .setScale(PICO_DIGITS, RoundingMode.HALF_EVEN));
    assertThat(answer.path("telemetry").path("state").asText()).isEqualTo("agrees");
    assertThat(answer.path("telemetry").path("gap").path("costUsd").decimalValue())
        .isEqualByComparingTo("0");
    assertThat(session(session).path("calls").asInt()).isEqualTo(toolCalls);
  }

  @Test
  @Order(3)
  void shouldCallTheLoopStuckAndTheHealthySessionsNot() throws Exception {
    // when
    JsonNode loop = session(Recording.of("loop-json"));

    // then
    assertThat(loop.path("stuck").asBoolean()).isTrue();
    assertThat(session(Recording.of("healthy-json")).path("stuck").asBoolean()).isFalse();
    assertThat(session(Recording.of("healthy-proto")).path("stuck").asBoolean()).isFalse();
  }

  @Test
  @Order(4)
  void shouldCountTheIssueAndTheRefusedCommandWhenOnlyTelemetryNamesThem() throws Exception {
    // when
    JsonNode issues = rig.json("/api/costs/issue?repo=o/r&issueNumber=42").path("issues");

    // then
    assertThat(issues).hasSize(1);
    assertThat(issues.get(0).path("calls").asInt()).isEqualTo(33);
    assertThat(rig.json("/api/agents/dev-e").path("guardBlocks").asInt()).isEqualTo(2);
    assertThat(rig.json("/api/telemetry?gap=true").path("sessions")).isEmpty();
  }

  /** What a Collector's Kafka exporter writes, by a real producer. */
  @Test
  @Order(5)
  void shouldAddNothingWhenACollectorBringsTheSameExportsByKafka() throws Exception {
    // given
    Recording healthy = Recording.of("healthy-json");
    String marker = """
        {"resourceLogs":[{"resource":{"attributes":[
          {"key":"crew.member","value":{"stringValue":"by-kafka"}},
          {"key":"agent.id","value":{"stringValue":"not-this-one"}}]},
         "scopeLogs":[{"logRecords":[{"attributes":[
          {"key":"event.name","value":{"stringValue":"api_request"}},
          {"key":"session.id","value":{"stringValue":"k"}},
          {"key":"request_id","value":{"stringValue":"r"}},
          {"key":"input_tokens","value":{"doubleValue":7}}]}]}]}]}""";

    // when
    try (KafkaProducer<byte[], byte[]> collector = producer()) {
      for (OtlpKind kind : OtlpKind.values()) {
        for (String name : new String[] {"healthy-json", "healthy-proto", "loop-json"}) {
          Recording.of(name)
              .export(kind)
              .ifPresent(
                  export -> collector.send(new ProducerRecord<>(kind.topic(), export.body())));
        }
      }
      collector.send(new ProducerRecord<>(Topics.OTLP_SPANS, new byte[] {1, 2, 3}));
      collector.send(
          new ProducerRecord<>(Topics.OTLP_LOGS, marker.strip().getBytes(StandardCharsets.UTF_8)));
    }

    // then
    Awaitility.await()
        .atMost(SOON)
        .until(() -> rig.get("/api/agents/by-kafka").statusCode() == 200);
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(
                rig.run("dlq", "list", "--kafka", rig.bootstrapServers()).text())
            .contains(Topics.DLQ_OTLP));
    JsonNode answer = settled(healthy, 10);
    equal(answer.path("total"), healthy.result().path("usage"), 1, 1);
    assertThat(answer.path("telemetry").path("state").asText()).isEqualTo("agrees");
    assertThat(rig.json("/api/costs/issue?repo=o/r&issueNumber=42")
            .path("issues")
            .get(0)
            .path("calls")
            .asInt())
        .isEqualTo(33);
  }

  @Test
  @Order(6)
  void shouldTellPartialSuccessAndUnknownTelemetryApart() throws Exception {
    // given
    String export = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"attributes\":["
        + "{\"key\":\"event.name\",\"value\":{\"stringValue\":\"plugin_loaded\"}},"
        + "{\"key\":\"session.id\",\"value\":{\"stringValue\":\"s\"}}]}]}]}]}";

    // when
    HttpResponse<byte[]> unknown =
        send("/v1/logs", export.getBytes(StandardCharsets.UTF_8), "application/json", true);
    HttpResponse<byte[]> broken = send("/v1/logs", new byte[] {1, 2}, "application/json", false);

    // then
    assertThat(unknown.statusCode()).isEqualTo(200);
    assertThat(new String(unknown.body(), StandardCharsets.UTF_8)).isEqualTo("{}");
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(rig.get("/metrics").body())
        .contains("rig_otlp_items_total{outcome=\"unknown\",signal=\"otlp_logs\"}");
  }

  /** One of the calls as a proxy tells it, without an id of its own. */
  private static String proxyRecord(Recording session) throws Exception {
    String id = session.sessionId();
    return """
        {"type":"TOKEN_USAGE","agentId":"dev-e","sessionId":"%s","requestId":"req_0001",
         "model":"claude-sonnet-4-6","inputTokens":1200,"outputTokens":85}""".formatted(id);
  }

  private RigProcess.Said importTranscript(Recording session) throws Exception {
    return rig.run(
        "import",
        "--agent",
        "dev-e",
        "--repo",
        "o/r",
        "--issue",
        "42",
        "--url",
        rig.uri("").toString(),
        session.transcript().toString());
  }

  private void post(Recording session, OtlpKind kind) throws Exception {
    var export = session.export(kind);
    if (export.isPresent()) {
      boolean packed = kind == OtlpKind.LOGS;
      HttpResponse<byte[]> answer =
          send(kind.path(), export.get().body(), export.get().contentType(), packed);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isIn(new byte[0], "{}".getBytes(StandardCharsets.UTF_8));
    }
  }

  private HttpResponse<byte[]> send(String path, byte[] body, String type, boolean packed)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(rig.uri(path))
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofByteArray(packed ? gzip(body) : body));
    if (packed) {
      request.header("Content-Encoding", "gzip");
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** The session's usage, once so many calls of it are counted. */
  private JsonNode settled(Recording session, int calls) throws Exception {
    String path = "/api/usage?sessionId=" + session.sessionId();
    return Awaitility.await(path)
        .atMost(SOON)
        .until(
            () -> rig.json(path),
            answer ->
                answer.path("total").path("calls").asInt() == calls && answer.has("telemetry"));
  }

  private JsonNode session(Recording recording) throws Exception {
    String id = recording.sessionId();
    for (JsonNode session : rig.json("/api/stuck/dev-e").path("sessions")) {
      if (session.path("sessionId").asText().equals(id)) {
        return session;
      }
    }
    throw new AssertionError("no session " + id);
  }

  /** The tool's own totals, or the part of them that so many of all calls make. */
  private static void equal(JsonNode shown, JsonNode usage, int calls, int ofCalls) {
    Map<String, String> names = Map.of(
        "inputTokens", "input_tokens",
        "outputTokens", "output_tokens",
        "cacheCreationTokens", "cache_creation_input_tokens",
        "cacheReadTokens", "cache_read_input_tokens");
    names.forEach((ours, theirs) -> assertThat(shown.path(ours).asLong())
        .as(ours)
        .isEqualTo(usage.path(theirs).asLong() * calls / ofCalls));
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, rig.bootstrapServers());
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return new KafkaProducer<>(settings);
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
    }
    return packed.toByteArray();
  }
}
