package io.conductore.topology.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.evidence.Digests;
import java.util.Optional;

/**
 * Spans of the OpenTelemetry GenAI conventions, which other agents export: a model call carries
 * gen_ai.usage.*, a tool call gen_ai.tool.name. Claude Code's own spans are left out, for its log
 * events tell the same and more.
 */
final class GenAiSpans {
  private static final String CLAUDE_CODE = "com.anthropic.claude_code";
  private static final String TOOL_OPERATION = "execute_tool";

  private final EventForm form;

  GenAiSpans(EventForm form) {
    this.form = form;
  }

  Optional<ObjectNode> event(Signal.SpanItem span) {
    if (span.scope().startsWith(CLAUDE_CODE)) {
      return Optional.empty();
    }
    Attributes said = span.attributes();
    String session = said.text("gen_ai.conversation.id")
        .or(() -> said.text("session.id"))
        .orElse(span.traceId());
    if (session.isEmpty()) {
      return Optional.empty();
    }
    if (said.text("gen_ai.operation.name").filter(TOOL_OPERATION::equals).isPresent()) {
      return toolCall(span, session);
    }
    return said.whole("gen_ai.usage.input_tokens").isPresent()
            || said.whole("gen_ai.usage.output_tokens").isPresent()
        ? usage(span, session)
        : Optional.empty();
  }

  /** The convention's input tokens include cached ones; ours do not. */
  private Optional<ObjectNode> usage(Signal.SpanItem span, String session) {
    Attributes said = span.attributes();
    long read = said.whole("gen_ai.usage.cache_read.input_tokens").orElse(0);
    long created = said.whole("gen_ai.usage.cache_creation.input_tokens").orElse(0);
    long input = said.whole("gen_ai.usage.input_tokens").orElse(0);
    String call = said.text("gen_ai.response.id").orElse(span.spanId());
    return form.begin("TOKEN_USAGE", span, session, call, span.endMs()).map(event -> {
      said.text("gen_ai.response.model")
          .or(() -> said.text("gen_ai.request.model"))
          .ifPresent(model -> event.put("model", model));
      return event
          .put("inputTokens", Math.max(0, input - read - created))
          .put("cacheReadTokens", read)
          .put("cacheCreationTokens", created)
          .put("outputTokens", said.whole("gen_ai.usage.output_tokens").orElse(0))
          .put("requestId", call)
          .put("latencyMs", Math.max(0, span.endMs() - span.startMs()));
    });
  }

  private Optional<ObjectNode> toolCall(Signal.SpanItem span, String session) {
    Attributes said = span.attributes();
    String call = said.text("gen_ai.tool.call.id").orElse(span.spanId());
    return form.begin("TOOL_CALL", span, session, call, span.endMs()).map(event -> {
      event
          .put("tool", said.text("gen_ai.tool.name").orElse(span.name()))
          .put("outcome", span.failed() ? "error" : "ok")
          .put("durationMs", Math.max(0, span.endMs() - span.startMs()));
      said.text("gen_ai.tool.call.arguments")
          .ifPresent(text -> event.put("inputDigest", Digests.exactly(text)));
      said.text("gen_ai.tool.call.result")
          .ifPresent(text -> event.put("outputDigest", Digests.ofText(text)));
      if (span.failed()) {
        String error = said.text("error.type").orElse("error");
        event.put("errorText", error).put("errorDigest", Digests.ofText(error));
      }
      return event;
    });
  }
}
