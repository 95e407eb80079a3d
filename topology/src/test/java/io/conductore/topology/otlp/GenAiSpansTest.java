package io.conductore.topology.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents that export GenAI spans, under the names that the conventions have had over the years. */
class GenAiSpansTest {
  private static final long AT_MS = 1_795_435_139_000L;
  private final TelemetryEvents telemetry = new TelemetryEvents(TelemetryNames.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    // conventions of 2026
    "gen_ai.usage.input_tokens, gen_ai.usage.output_tokens, gen_ai.usage.cache_read.input_tokens,"
        + " gen_ai.usage.cache_creation.input_tokens",
    // up to 1.26
    "gen_ai.usage.prompt_tokens, gen_ai.usage.completion_tokens,"
        + " gen_ai.usage.cache_read.input_tokens, gen_ai.usage.cache_creation.input_tokens",
    // OpenLLMetry
    "gen_ai.usage.input_tokens, gen_ai.usage.output_tokens, gen_ai.usage.cache_read_input_tokens,"
        + " gen_ai.usage.cache_creation_input_tokens",
    // Sentry
    "gen_ai.usage.input_tokens, gen_ai.usage.output_tokens, gen_ai.usage.input_tokens.cached,"
        + " gen_ai.usage.input_tokens.cache_write",
  })
  void shouldGiveTheSameCountsUnderCurrentAndOlderNames(
      String input, String output, String cacheRead, String cacheCreation) {
    // given
    Signal span = span(Map.of(input, 100L, output, "9", cacheRead, 60.0, cacheCreation, 30L));

    // when
    List<ObjectNode> told = telemetry.of(span);

    // then
    assertThat(types(told)).containsExactly("TOKEN_USAGE", "TURN_COMPLETED");
    ObjectNode usage = told.getFirst();
    assertThat(usage.path("inputTokens").longValue()).isEqualTo(10);
    assertThat(usage.path("outputTokens").longValue()).isEqualTo(9);
    assertThat(usage.path("cacheReadTokens").longValue()).isEqualTo(60);
    assertThat(usage.path("cacheCreationTokens").longValue()).isEqualTo(30);
    assertThat(told.getLast().path("inputTokens").longValue()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "chat, TOKEN_USAGE TURN_COMPLETED",
    "text_completion, TOKEN_USAGE TURN_COMPLETED",
    "generate_content, TOKEN_USAGE TURN_COMPLETED",
    "somebodys_own, TOKEN_USAGE TURN_COMPLETED",
    "'', TOKEN_USAGE TURN_COMPLETED",
    "embeddings, TOKEN_USAGE",
    "execute_tool, TOOL_CALL",
    "invoke_agent, ''",
    "create_agent, ''",
    "invoke_workflow, ''",
    "plan, ''"
  })
  void shouldCountACallOnceWhenTheSpansAroundItSumItUp(String operation, String types) {
    // given
    Signal span = span(
        operation.isEmpty()
            ? Map.of("gen_ai.usage.input_tokens", 1L)
            : Map.of("gen_ai.operation.name", operation, "gen_ai.usage.input_tokens", 1L));

    // when
    List<ObjectNode> told = telemetry.of(span);

    // then
    assertThat(String.join(" ", types(told))).isEqualTo(types);
  }

  @ParameterizedTest
  @CsvSource({
    "gen_ai.conversation.id, conv-1, conv-1",
    "session.id, s-1, s-1",
    "gen_ai.agent.name, planner, trace"
  })
  void shouldKnowTheSessionByWhatThereIs(String attribute, String value, String session) {
    // given
    Signal span = span(Map.of(attribute, value, "gen_ai.usage.output_tokens", 1L));

    // when
    ObjectNode usage = telemetry.of(span).getFirst();

    // then
    assertThat(usage.path("sessionId").textValue()).isEqualTo(session);
  }

  @Test
  void shouldTellAToolCallWithoutItsContentsWhenAToolRan() {
    // given
    Map<String, Object> said = Map.of(
        "gen_ai.tool.name", "search",
        "gen_ai.tool.call.id", "call_1",
        "gen_ai.tool.call.arguments", "{\"q\":\"secret\",\"n\":1}",
        "gen_ai.tool.call.result", "nothing found");
    Map<String, Object> reordered = new HashMap<>(said);
    reordered.put("gen_ai.tool.call.arguments", "{\"n\":1,\"q\":\"secret\"}");

    // when
    ObjectNode call = telemetry.of(span(said)).getFirst();
    ObjectNode again = telemetry.of(span(reordered)).getFirst();

    // then
    assertThat(call.path("type").textValue()).isEqualTo("TOOL_CALL");
    assertThat(call.path("tool").textValue()).isEqualTo("search");
    assertThat(call.path("outcome").textValue()).isEqualTo("ok");
    assertThat(call.path("durationMs").longValue()).isEqualTo(5);
    assertThat(call.toString()).doesNotContain("secret").doesNotContain("nothing found");
    assertThat(again).isEqualTo(call);
  }

  @Test
  void shouldTellTheErrorWhenAToolFailed() {
    // given
    Signal span = new Signal.SpanItem(
        new Attributes(Map.of("service.name", "helper")),
        new Attributes(Map.of("gen_ai.operation.name", "execute_tool", "error.type", "timeout")),
        "some.agent",
        "execute_tool fetch",
        "trace",
        "span",
        AT_MS,
        AT_MS,
        true);

    // when
    ObjectNode call = telemetry.of(span).getFirst();

    // then
    assertThat(call.path("agentId").textValue()).isEqualTo("helper");
    assertThat(call.path("tool").textValue()).isEqualTo("execute_tool fetch");
    assertThat(call.path("outcome").textValue()).isEqualTo("error");
    assertThat(call.path("errorText").textValue()).isEqualTo("timeout");
    assertThat(call.path("errorDigest").isTextual()).isTrue();
  }

  private static List<String> types(List<ObjectNode> told) {
    return told.stream().map(event -> event.path("type").textValue()).toList();
  }

  private static Signal span(Map<String, Object> said) {
    return new Signal.SpanItem(
        new Attributes(Map.of("service.name", "helper")),
        new Attributes(said),
        "some.agent",
        "call",
        "trace",
        "span",
        AT_MS,
        AT_MS + 5,
        false);
  }
}
