package io.conductore.topology.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TelemetryEventsTest {
  private static final long AT_MS = 1_795_435_139_000L;
  private static final int GARBLED_RUNS = 2_000;
  private static final Attributes RESOURCE =
      new Attributes(Map.of("agent.id", "dev-e", "rig.repo", "o/r", "rig.issue", "#42"));
  private final TelemetryEvents telemetry = new TelemetryEvents(TelemetryNames.DEFAULT);

  @Test
  void shouldReadNumbersWhenTheyComeAsIntegersDoublesOrText() {
    // given
    Signal item = log(
        "claude_code.api_request",
        Map.of(
            "request_id", "req_1",
            "input_tokens", 12L,
            "output_tokens", 5.0,
            "cache_read_tokens", "7",
            "cost_usd", "0.0087"));

    // when
    ObjectNode usage = telemetry.of(item).getFirst();

    // then
    assertThat(usage.path("inputTokens").longValue()).isEqualTo(12);
    assertThat(usage.path("outputTokens").longValue()).isEqualTo(5);
    assertThat(usage.path("cacheReadTokens").longValue()).isEqualTo(7);
    assertThat(usage.path("costUsd").decimalValue()).isEqualTo(new BigDecimal("0.0087"));
    assertThat(usage.path("issueNumber").intValue()).isEqualTo(42);
  }

  @Test
  void shouldTellARefusedCallAndTheGuardWhenAHookRejects() {
    // given
    Signal item = log(
        "tool_decision",
        Map.of(
            "decision", "reject",
            "source", "hook",
            "tool_name", "Bash",
            "tool_use_id", "toolu_8",
            "tool_input", "{\"command\":\"rm -rf /\"}"));

    // when
    List<ObjectNode> told = telemetry.of(item);

    // then
    assertThat(told)
        .extracting(event -> event.path("type").textValue())
        .containsExactly("TOOL_CALL", "GUARD_BLOCKED");
    assertThat(told.getFirst().path("outcome").textValue()).isEqualTo("error");
    assertThat(told.toString()).doesNotContain("rm -rf");
  }

  @Test
  void shouldTellThatAGuardFailedOpenWhenAHookErredWithoutBlocking() {
    // given
    Signal erred = log("hook_execution_complete", Map.of("num_non_blocking_error", "1"));
    Signal well = log("hook_execution_complete", Map.of("num_non_blocking_error", "0"));

    // when
    List<ObjectNode> told = telemetry.of(erred);

    // then
    assertThat(told)
        .extracting(event -> event.path("type").textValue())
        .containsExactly("GUARD_FAILED_OPEN");
    assertThat(telemetry.of(well)).isEmpty();
  }

  @Test
  void shouldTakeCachedTokensOutWhenAGenAiSpanCountsThemAsInput() {
    // given
    Signal span = span(
        "opentelemetry.instrumentation.some_agent",
        Map.of(
            "gen_ai.operation.name", "chat",
            "gen_ai.request.model", "m",
            "gen_ai.usage.input_tokens", 100L,
            "gen_ai.usage.cache_read.input_tokens", 60L,
            "gen_ai.usage.output_tokens", 9L));

    // when
    ObjectNode usage = telemetry.of(span).getFirst();

    // then
    assertThat(usage.path("inputTokens").longValue()).isEqualTo(40);
    assertThat(usage.path("cacheReadTokens").longValue()).isEqualTo(60);
    assertThat(usage.path("sessionId").textValue()).isEqualTo("trace");
  }

  @Test
  void shouldLeaveOutTheSpansWhenClaudeCodeExportsThemBesideItsEvents() {
    // given
    Signal span =
        span("com.anthropic.claude_code.tracing", Map.of("gen_ai.usage.input_tokens", 100L));

    // when
    List<ObjectNode> told = telemetry.of(span);

    // then
    assertThat(told).isEmpty();
  }

  @Test
  void shouldSayNothingWhenNobodySaysWhichAgentItIs() {
    // given
    Signal item = new Signal.LogItem(
        new Attributes(Map.of()),
        new Attributes(Map.of("session.id", "s", "request_id", "r", "input_tokens", 1L)),
        "api_request",
        AT_MS);

    // when
    List<ObjectNode> told = telemetry.of(item);

    // then
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OtlpKind.class)
  void shouldAnswerWithAReasonWhenTheBytesAreNoExport(OtlpKind kind) {
    // given
    byte[] text = "not an export".getBytes(StandardCharsets.UTF_8);

    // when
    List<OtlpReading> readings = List.of(OtlpJson.read(kind, text), OtlpProtobuf.read(kind, text));

    // then
    assertThat(readings).allMatch(OtlpReading.Malformed.class::isInstance);
  }

  @ParameterizedTest
  @EnumSource(OtlpKind.class)
  void shouldNeverThrowWhenTheBytesAreGarbled(OtlpKind kind) {
    // given
    long seed = 20_261_123;
    SplittableRandom random = new SplittableRandom(seed);

    // when
    int read = 0;
    for (int run = 0; run < GARBLED_RUNS; run++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      read += OtlpProtobuf.read(kind, bytes) instanceof OtlpReading.Read ? 1 : 0;
      read += OtlpJson.read(kind, bytes) instanceof OtlpReading.Read ? 1 : 0;
    }

    // then
    assertThat(read).as("seed=%d", seed).isLessThan(2 * GARBLED_RUNS);
  }

  private static Signal log(String name, Map<String, Object> said) {
    Map<String, Object> attributes = new HashMap<>(said);
    attributes.put("session.id", "s");
    attributes.put("event.sequence", 3L);
    return new Signal.LogItem(RESOURCE, new Attributes(attributes), name, AT_MS);
  }

  private static Signal span(String scope, Map<String, Object> said) {
    return new Signal.SpanItem(
        RESOURCE, new Attributes(said), scope, "call", "trace", "span", AT_MS, AT_MS + 5, false);
  }
}
