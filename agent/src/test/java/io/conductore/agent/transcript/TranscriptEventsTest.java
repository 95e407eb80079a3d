package io.conductore.agent.transcript;

import static io.conductore.agent.transcript.Lines.said;
import static io.conductore.agent.transcript.Lines.use;
import static io.conductore.agent.transcript.RealRuns.ofType;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptEventsTest {

  @Test
  void shouldKeepTheLastUsageWhenAMessageSpansLines() throws IOException {
    // given
    Lines lines = new Lines()
        .model("m1", "2026-02-01T10:00:00Z", 1, said("looking"))
        .model("m1", "2026-02-01T10:00:01Z", 40, use("t1", "Read", "a"))
        .model("m1", "2026-02-01T10:00:02Z", 90, use("t2", "Read", "b"));

    // when
    List<ObjectNode> events = lines.events();

    // then
    assertThat(ofType(events, "TOKEN_USAGE")).singleElement().satisfies(usage -> {
      assertThat(usage.path("outputTokens").asLong()).isEqualTo(90);
      assertThat(usage.path("occurredAt").asText()).isEqualTo("2026-02-01T10:00:00Z");
      assertThat(usage.path("requestId").asText()).isEqualTo("r-m1");
      assertThat(usage.has("costUsd")).isFalse();
    });
    assertThat(ofType(events, "TURN_COMPLETED")).hasSize(1);
  }

  @Test
  void shouldJoinCallAndResultWhenResultsComeInAnotherOrder() throws IOException {
    // given
    Lines lines = new Lines()
        .model("m1", "2026-02-01T10:00:00Z", 1, use("t1", "Read", "a"))
        .model("m1", "2026-02-01T10:00:00Z", 1, use("t2", "Grep", "b"))
        .result("t2", "2026-02-01T10:00:03Z", "two")
        .result("t1", "2026-02-01T10:00:05Z", "one")
        .model("m2", "2026-02-01T10:00:06Z", 1, said("done"));

    // when
    List<ObjectNode> events = lines.events();

    // then
    assertThat(events)
        .extracting(event -> event.path("type").asText() + event.path("turn").asText())
        .containsExactly(
            "TOKEN_USAGE",
            "TURN_COMPLETED1",
            "TOOL_CALL1",
            "TOOL_CALL1",
            "TOKEN_USAGE",
            "TURN_COMPLETED2");
    List<ObjectNode> calls = ofType(events, "TOOL_CALL");
    assertThat(calls)
        .extracting(call -> call.path("tool").asText())
        .containsExactly("Grep", "Read");
    assertThat(calls)
        .extracting(call -> call.path("durationMs").asLong())
        .containsExactly(3_000L, 5_000L);
    assertThat(calls).extracting(call -> call.path("outputBytes").asLong()).containsExactly(3L, 3L);
  }

  @Test
  void shouldTellOfACompactionWhenTheLineSaysSo() throws IOException {
    // given
    Lines lines = new Lines()
        .model("m1", "2026-02-01T10:00:00Z", 1, said("a"))
        .line("{\"type\":\"system\",\"subtype\":\"compact_boundary\",\"sessionId\":\"s1\","
            + "\"uuid\":\"u-1\",\"timestamp\":\"2026-02-01T10:00:04Z\","
            + "\"compactMetadata\":{\"trigger\":\"auto\",\"preTokens\":155000}}")
        .line("{\"type\":\"system\",\"subtype\":\"other\",\"sessionId\":\"s1\"}");

    // when
    List<ObjectNode> told = ofType(lines.events(), "CONTEXT_COMPACTED");

    // then
    assertThat(told).singleElement().satisfies(event -> {
      assertThat(event.path("trigger").asText()).isEqualTo("auto");
      assertThat(event.path("tokensBefore").asLong()).isEqualTo(155_000);
      assertThat(event.path("sessionId").asText()).isEqualTo("s1");
      assertThat(event.path("occurredAt").asText()).isEqualTo("2026-02-01T10:00:04Z");
    });
  }

  @Test
  void shouldSayNothingOfACallWhenItsResultIsMissing() throws IOException {
    // given
    Lines lines = new Lines().model("m1", "2026-02-01T10:00:00Z", 1, use("t1", "Read", "a"));

    // when
    List<ObjectNode> whileRunning = lines.events();
    List<ObjectNode> afterwards =
        lines.result("t1", "2026-02-01T10:00:01Z", "x").events();

    // then
    assertThat(ofType(whileRunning, "TOOL_CALL")).isEmpty();
    assertThat(afterwards).startsWith(whileRunning.toArray(ObjectNode[]::new));
    assertThat(ofType(afterwards, "TOOL_CALL")).hasSize(1);
  }

  @Test
  void shouldCountNeitherUsageNorTurnWhenTheModelIsSynthetic() throws IOException {
    // given
    String synthetic = """
        {"type":"assistant","sessionId":"s1","message":{"id":"x","model":"<synthetic>",\
        "content":[{"type":"text","text":"API Error"}],\
        "usage":{"input_tokens":0,"output_tokens":0}}}""";
    Lines lines = new Lines().line(synthetic).model("m1", "2026-02-01T10:00:00Z", 1, said("hello"));

    // when
    List<ObjectNode> events = lines.events();

    // then
    assertThat(ofType(events, "TOKEN_USAGE")).hasSize(1);
    assertThat(ofType(events, "TURN_COMPLETED"))
        .singleElement()
        .extracting(turn -> turn.path("turn").asInt())
        .isEqualTo(1);
  }

  @Test
  void shouldInheritWhenALineLeavesOutSessionTimeAndPlace() throws IOException {
    // given
    Lines lines = new Lines()
        .model("m1", "2026-02-01T10:00:00Z", 1, said("one"))
        .line("{\"type\":\"assistant\",\"cwd\":\"/home/dev/shop/sub\","
            + "\"message\":{\"id\":\"m2\",\"content\":\"two\"}}");

    // when
    ObjectNode last = ofType(lines.events(), "TURN_COMPLETED").getLast();

    // then
    assertThat(last.path("sessionId").asText()).isEqualTo("s1");
    assertThat(last.path("occurredAt").asText()).isEqualTo("2026-02-01T10:00:00Z");
    assertThat(last.path("repo").asText()).isEqualTo("local/shop");
    assertThat(last.has("inputTokens")).isFalse();
  }

  @Test
  void shouldNameTheSessionByContentWhenNoLineDoes() throws IOException {
    // given
    String line = "{\"type\":\"assistant\",\"message\":{\"id\":\"m1\",\"content\":\"hi\"}}";

    // when
    ObjectNode event = new Lines().line(line).events().getFirst();

    // then
    assertThat(event.path("sessionId").asText()).matches("unnamed-[0-9a-f]{16}");
    assertThat(event.path("occurredAt").asText()).isEqualTo(Lines.LAST_MODIFIED.toString());
    assertThat(event).isEqualTo(new Lines().line(line).events().getFirst());
  }

  @Test
  void shouldDivideCacheWritesByLifetimeWhenTheUsageDoes() throws IOException {
    // given
    String line = """
        {"type":"assistant","sessionId":"s","message":{"id":"m","model":"c","content":[],"usage":{\
        "input_tokens":7,"output_tokens":2,"cache_creation_input_tokens":300,\
        "cache_read_input_tokens":1000,\
        "cache_creation":{"ephemeral_1h_input_tokens":200,"ephemeral_5m_input_tokens":100}}}}""";

    // when
    List<ObjectNode> events = new Lines().line(line).events();

    // then
    ObjectNode usage = events.getFirst();
    assertThat(usage.path("inputTokens").asLong()).isEqualTo(7);
    assertThat(usage.path("cacheCreationTokens").asLong()).isEqualTo(300);
    assertThat(usage.path("cacheCreation1hTokens").asLong()).isEqualTo(200);
    assertThat(events.getLast().path("inputTokens").asLong()).isEqualTo(1_307);
  }

  @Test
  void shouldNotCountTwiceWhenALineComesAgainAfterTheLookahead() throws IOException {
    // given
    Lines lines = new Lines().model("m1", "2026-02-01T10:00:00Z", 5, said("one"));
    for (int i = 0; i <= TranscriptEvents.LOOKAHEAD_LINES_MAX; i++) {
      lines.line("{\"type\":\"progress\",\"sessionId\":\"s1\"}");
    }
    lines.model("m1", "2026-02-01T11:00:00Z", 900, use("t9", "Read", "late"));
    lines.result("t9", "2026-02-01T11:00:01Z", "x");
    lines.model("m2", "2026-02-01T11:00:02Z", 6, said("two"));

    // when
    List<ObjectNode> events = lines.events();

    // then
    assertThat(ofType(events, "TOKEN_USAGE"))
        .extracting(usage -> usage.path("outputTokens").asLong())
        .containsExactly(5L, 6L);
    assertThat(ofType(events, "TURN_COMPLETED"))
        .extracting(turn -> turn.path("turn").asInt())
        .containsExactly(1, 2);
    assertThat(ofType(events, "TOOL_CALL"))
        .singleElement()
        .extracting(call -> call.path("turn").asInt())
        .isEqualTo(1);
  }

  @Test
  void shouldTellOnceWhenLinesWereWrittenTwice() throws IOException {
    // given
    Lines once = new Lines()
        .model("m1", "2026-02-01T10:00:00Z", 5, use("t1", "Read", "a"))
        .result("t1", "2026-02-01T10:00:01Z", "first");
    Lines twice = new Lines()
        .model("m1", "2026-02-01T10:00:00Z", 5, use("t1", "Read", "a"))
        .result("t1", "2026-02-01T10:00:01Z", "first")
        .model("m1", "2026-02-01T10:00:00Z", 5, use("t1", "Read", "a"))
        .result("t1", "2026-02-01T10:00:09Z", "second");

    // then
    assertThat(twice.events()).isEqualTo(once.events());
  }

  @Test
  void shouldReportTheLineAndGoOnWhenALineIsBroken() throws IOException {
    // given
    Lines lines = new Lines()
        .line("{\"type\":\"assistant\",\"mess")
        .model("m1", "2026-02-01T10:00:00Z", 1, said("one"))
        .line("")
        .line("[1]")
        .line("{\"type\":\"user\",\"message\":\"error\"}")
        .line("{\"type\":\"user\",\"message\":{\"contenst\":[]}}")
        .line("{\"a\":1}{\"b\":2}");

    // when
    TranscriptEvents run = lines.open();
    List<ObjectNode> events = RealRuns.drained(run);

    // then
    assertThat(events).hasSize(2);
    assertThat(run.flaws().count()).isEqualTo(5);
    assertThat(run.flaws().listed())
        .extracting(Flaws.Flaw::line)
        .containsExactly(1L, 4L, 5L, 6L, 7L);
    assertThat(run.recognised()).isTrue();
  }

  @Test
  void shouldNotRecogniseWhenTheFileHoldsOtherJson() throws IOException {
    // given
    TranscriptEvents run =
        new Lines().line("{\"id\":1,\"name\":\"x\"}").line("{\"type\":\"row\"}").open();

    // when
    List<ObjectNode> events = RealRuns.drained(run);

    // then
    assertThat(events).isEmpty();
    assertThat(run.recognised()).isFalse();
  }

  @Test
  void shouldDistinguishScreensWhenAResultIsAnImage() throws IOException {
    // given
    String result = """
        {"type":"user","sessionId":"s1","message":{"content":[\
        {"type":"tool_result","tool_use_id":"%s","is_error":true,"content":[\
        {"type":"text","text":"screen"},{"type":"image","source":{"data":"%s"}}]}]}}""";
    Lines lines = new Lines()
        .model("m1", "2026-02-01T10:00:00Z", 1, use("t1", "Shot", ""))
        .line(result.formatted("t1", "AAAA"))
        .model("m2", "2026-02-01T10:00:02Z", 1, use("t2", "Shot", ""))
        .line(result.formatted("t2", "BBBB"));

    // when
    List<ObjectNode> calls = ofType(lines.events(), "TOOL_CALL");

    // then
    assertThat(calls)
        .extracting(call -> call.path("inputDigest").asText())
        .containsOnly(calls.getFirst().path("inputDigest").asText());
    assertThat(calls)
        .extracting(call -> call.path("outputDigest").asText())
        .doesNotHaveDuplicates();
    assertThat(calls).extracting(call -> call.path("outcome").asText()).containsOnly("error");
    assertThat(calls).noneMatch(call -> call.has("durationMs"));
  }

  @Test
  void shouldStaySendableWhenTextIsBrokenOrLong() throws IOException {
    // given
    String error = "\\ud800 " + "x".repeat(509) + "\\ud83d\\ude00 tail";
    Lines lines = new Lines()
        .model("m1", "2026-02-01T10:00:00Z", 1, use("t1", "Read", "\\udc00"))
        .line("""
                {"type":"user","sessionId":"s1","message":{"content":[{"type":"tool_result",\
                "tool_use_id":"t1","is_error":true,"content":"%s"}]}}""".formatted(error));

    // when
    ObjectNode call = ofType(lines.events(), "TOOL_CALL").getFirst();

    // then
    String errorText = call.path("errorText").asText();
    assertThat(errorText).hasSizeLessThanOrEqualTo(512).startsWith("? xxx").endsWith("x");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(errorText)).isTrue();
  }

  @Test
  void shouldTakeTheLabelsWhenThePersonGivesThem() throws IOException {
    // given
    String line = "{\"type\":\"assistant\",\"sessionId\":\"s\","
        + "\"message\":{\"id\":\"m\",\"content\":\"hi\"}}";
    Labels labels = new Labels("dev-e", "o/r", 42);

    // when
    JsonNode event;
    try (TranscriptEvents run = new TranscriptEvents(
        new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)),
        labels,
        Lines.LAST_MODIFIED)) {
      event = run.next().orElseThrow();
    }

    // then
    assertThat(event.path("agentId").asText()).isEqualTo("dev-e");
    assertThat(event.path("repo").asText()).isEqualTo("o/r");
    assertThat(event.path("issueNumber").asInt()).isEqualTo(42);
    assertThat(event.path("source").asText()).isEqualTo("import");
  }
}
