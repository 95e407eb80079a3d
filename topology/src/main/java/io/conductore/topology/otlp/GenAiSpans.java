package io.conductore.topology.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.evidence.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Spans of the OpenTelemetry GenAI conventions, which other agents export: a model call carries
 * gen_ai.usage.*, a tool call gen_ai.tool.name. The conventions are not stable, and exporters keep
 * the names they began with, so each count is looked for under the current name and the older ones.
 * Claude Code's own spans are left out, for its log events tell the same and more.
 */
final class GenAiSpans {
  private static final String CLAUDE_CODE = "com.anthropic.claude_code";
  private static final String OPERATION = "gen_ai.operation.name";
  private static final String TOOL_OPERATION = "execute_tool";
  private static final String EMBEDDINGS = "embeddings";
  private static final int NAME_CHARS_MAX = 200;
  private static final int ERROR_CHARS_MAX = 512;

  /** Their usage is the sum of the calls below them, which have spans of their own. */
  private static final Set<String> SUMS =
      Set.of("create_agent", "invoke_agent", "invoke_workflow", "plan");

  private static final List<String> INPUT =
      List.of("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens");
  private static final List<String> OUTPUT =
      List.of("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens");
  private static final List<String> CACHE_READ = List.of(
      "gen_ai.usage.cache_read.input_tokens",
      "gen_ai.usage.cache_read_input_tokens",
      "gen_ai.usage.input_tokens.cached");
  private static final List<String> CACHE_CREATION = List.of(
      "gen_ai.usage.cache_creation.input_tokens",
      "gen_ai.usage.cache_creation_input_tokens",
      "gen_ai.usage.input_tokens.cache_write");
  private static final List<String> SESSION = List.of("gen_ai.conversation.id", "session.id");
  private static final List<String> MODEL =
      List.of("gen_ai.response.model", "gen_ai.request.model");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final EventForm form;

  GenAiSpans(EventForm form) {
    this.form = form;
  }

  List<ObjectNode> events(Signal.SpanItem span) {
    if (span.scope().startsWith(CLAUDE_CODE)) {
      return List.of();
    }
    Attributes said = span.attributes();
    String session = first(said, SESSION).orElse(span.traceId());
    String operation = said.text(OPERATION).orElse("");
    if (session.isEmpty() || SUMS.contains(operation)) {
      return List.of();
    }
    boolean named = said.text("gen_ai.tool.name").isPresent();
    if (operation.equals(TOOL_OPERATION) || (operation.isEmpty() && named)) {
      return toolCall(span, session).stream().toList();
    }
    boolean used = number(said, INPUT).isPresent() || number(said, OUTPUT).isPresent();
    return used ? modelCall(span, session, operation) : List.of();
  }

  /** The convention's input tokens include cached ones; ours do not. */
  private List<ObjectNode> modelCall(Signal.SpanItem span, String session, String operation) {
    Attributes said = span.attributes();
    long read = number(said, CACHE_READ).orElse(0);
    long created = number(said, CACHE_CREATION).orElse(0);
    long input = number(said, INPUT).orElse(0);
    String call = said.text("gen_ai.response.id").orElse(span.spanId());
    List<ObjectNode> events = new ArrayList<>(2);
    form.begin("TOKEN_USAGE", span, session, call, span.endMs()).ifPresent(event -> {
      first(said, MODEL).ifPresent(model -> event.put("model", clip(model, NAME_CHARS_MAX)));
      events.add(event
          .put("inputTokens", Math.max(0, input - read - created))
          .put("cacheReadTokens", read)
          .put("cacheCreationTokens", created)
          .put("outputTokens", number(said, OUTPUT).orElse(0))
          .put("requestId", clip(call, NAME_CHARS_MAX))
          .put("latencyMs", Math.max(0, span.endMs() - span.startMs())));
    });
    if (!operation.equals(EMBEDDINGS)) {
      form.begin("TURN_COMPLETED", span, session, call, span.endMs())
          .ifPresent(
              event -> events.add(event.put("inputTokens", Math.max(input, read + created))));
    }
    return events;
  }

  private Optional<ObjectNode> toolCall(Signal.SpanItem span, String session) {
    Attributes said = span.attributes();
    String call = said.text("gen_ai.tool.call.id").orElse(span.spanId());
    return form.begin("TOOL_CALL", span, session, call, span.endMs()).map(event -> {
      String tool = said.text("gen_ai.tool.name").orElse(span.name());
      event
          .put("tool", tool.isBlank() ? "unknown" : clip(tool, NAME_CHARS_MAX))
          .put("outcome", span.failed() ? "error" : "ok")
          .put("durationMs", Math.max(0, span.endMs() - span.startMs()));
      said.text("gen_ai.tool.call.arguments")
          .ifPresent(text -> event.put("inputDigest", inputDigest(text)));
      said.text("gen_ai.tool.call.result")
          .ifPresent(text -> event.put("outputDigest", Digests.ofText(text)));
      if (span.failed()) {
        String error = said.text("error.type").orElse("error");
        event
            .put("errorText", clip(error, ERROR_CHARS_MAX))
            .put("errorDigest", Digests.ofText(error));
      }
      return event;
    });
  }

  /** Arguments are JSON in most exporters, and the order of their keys means nothing. */
  private static String inputDigest(String arguments) {
    try {
      return Digests.ofInput(JSON.readTree(arguments));
    } catch (JsonProcessingException plainText) {
      return Digests.exactly(arguments);
    }
  }

  private static Optional<String> first(Attributes said, List<String> names) {
    return names.stream().flatMap(name -> said.text(name).stream()).findFirst();
  }

  private static OptionalLong number(Attributes said, List<String> names) {
    return names.stream().flatMapToLong(name -> said.whole(name).stream()).findFirst();
  }

  private static String clip(String text, int charsMax) {
    return text.length() > charsMax ? text.substring(0, charsMax) : text;
  }
}
