package io.conductore.topology.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.evidence.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events that Claude Code exports as logs (claude_code.api_request and its kin, monitoring page
 * of its documentation). Ids are those of an import of the same session's transcript.
 */
final class ClaudeCodeLogs {
  private static final String PREFIX = "claude_code.";
  private static final int TOOL_CHARS_MAX = 200;
  private static final int ERROR_CHARS_MAX = 512;
  private static final String REFUSED = "refused before it ran";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final EventForm form;

  ClaudeCodeLogs(EventForm form) {
    this.form = form;
  }

  /** Nothing for what is not about tokens, tools or guards. */
  List<ObjectNode> events(Signal.LogItem item) {
    String name = item.attributes().text("event.name").orElse(item.name());
    String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    Optional<String> session = item.attributes().text("session.id");
    if (session.isEmpty()) {
      return List.of();
    }
    return switch (bare) {
      case "api_request" -> apiRequest(item, session.get());
      case "tool_result" -> toolResult(item, session.get()).stream().toList();
      case "tool_decision" -> toolDecision(item, session.get());
      case "hook_execution_complete" -> hook(item, session.get()).stream().toList();
      case "compaction" -> compaction(item, session.get()).stream().toList();
      default -> List.of();
    };
  }

  private List<ObjectNode> apiRequest(Signal.LogItem item, String session) {
    Attributes said = item.attributes();
    String call = said.text("request_id").orElse(sequence(item));
    List<ObjectNode> events = new ArrayList<>(2);
    form.begin("TOKEN_USAGE", item, session, call, item.atMs()).ifPresent(event -> {
      said.text("model").ifPresent(model -> event.put("model", clip(model, TOOL_CHARS_MAX)));
      count(event, "inputTokens", said, "input_tokens");
      count(event, "outputTokens", said, "output_tokens");
      count(event, "cacheCreationTokens", said, "cache_creation_tokens");
      count(event, "cacheCreation1hTokens", said, "cache_creation_1h_tokens");
      count(event, "cacheReadTokens", said, "cache_read_tokens");
      said.decimal("cost_usd").ifPresent(cost -> event.put("costUsd", cost));
      said.text("request_id").ifPresent(id -> event.put("requestId", id));
      count(event, "latencyMs", said, "duration_ms");
      events.add(event);
    });
    boolean aside = said.text("query_source").filter("auxiliary"::equals).isPresent();
    if (!aside) {
      form.begin("TURN_COMPLETED", item, session, call, item.atMs()).ifPresent(event -> {
        event.put("inputTokens", context(said));
        events.add(event);
      });
    }
    return events;
  }

  /** All that the model read, cached or not. */
  private static long context(Attributes said) {
    return said.whole("input_tokens").orElse(0)
        + said.whole("cache_read_tokens").orElse(0)
        + said.whole("cache_creation_tokens").orElse(0);
  }

  private Optional<ObjectNode> toolResult(Signal.LogItem item, String session) {
    Attributes said = item.attributes();
    boolean failed = !said.isTrue("success");
    return call(item, session).map(event -> {
      event.put("outcome", failed ? "error" : "ok");
      count(event, "outputBytes", said, "tool_result_size_bytes");
      count(event, "durationMs", said, "duration_ms");
      if (failed) {
        String error = said.text("error").or(() -> said.text("error_type")).orElse("");
        event
            .put("errorText", clip(error, ERROR_CHARS_MAX))
            .put("errorDigest", Digests.ofText(error));
      }
      return event;
    });
  }

  /**
   * A refused call never gets a result, and an agent may repeat it for ever. What a guard said is
   * the guard's own event; a hook's refusal is told here, for not every hook is ours.
   */
  private List<ObjectNode> toolDecision(Signal.LogItem item, String session) {
    Attributes said = item.attributes();
    if (said.text("decision").filter("reject"::equals).isEmpty()) {
      return List.of();
    }
    List<ObjectNode> events = new ArrayList<>(2);
    call(item, session)
        .ifPresent(event -> events.add(event
            .put("outcome", "error")
            .put("errorText", REFUSED)
            .put("errorDigest", Digests.ofText(REFUSED))));
    if (said.text("source").filter("hook"::equals).isPresent()) {
      form.begin("GUARD_BLOCKED", item, session, useId(item), item.atMs())
          .ifPresent(event -> events.add(event
              .put("rule", "hook")
              .put("reason", "a hook refused " + said.text("tool_name").orElse("a tool"))));
    }
    return events;
  }

  private Optional<ObjectNode> call(Signal.LogItem item, String session) {
    Attributes said = item.attributes();
    return form.begin("TOOL_CALL", item, session, useId(item), item.atMs()).map(event -> {
      event.put("tool", clip(said.text("tool_name").orElse("unknown"), TOOL_CHARS_MAX));
      input(said).ifPresent(input -> event.put("inputDigest", Digests.ofInput(input)));
      return event;
    });
  }

  /** Only there with OTEL_LOG_TOOL_DETAILS; parameters are the lesser form of the input. */
  private static Optional<JsonNode> input(Attributes said) {
    return said.text("tool_input").or(() -> said.text("tool_parameters")).map(text -> {
      try {
        return JSON.readTree(text);
      } catch (JsonProcessingException cutOff) {
        return JSON.getNodeFactory().textNode(text);
      }
    });
  }

  private Optional<ObjectNode> hook(Signal.LogItem item, String session) {
    Attributes said = item.attributes();
    long failures = said.whole("num_non_blocking_error").orElse(0);
    return failures == 0
        ? Optional.empty()
        : form.begin("GUARD_FAILED_OPEN", item, session, sequence(item), item.atMs())
            .map(event -> event
                .put("hook", clip(said.text("hook_name").orElse("unknown"), TOOL_CHARS_MAX))
                .put("failures", failures));
  }

  private Optional<ObjectNode> compaction(Signal.LogItem item, String session) {
    Attributes said = item.attributes();
    return form.begin("CONTEXT_COMPACTED", item, session, sequence(item), item.atMs())
        .map(event -> {
          said.text("trigger").ifPresent(why -> event.put("trigger", clip(why, TOOL_CHARS_MAX)));
          count(event, "tokensBefore", said, "pre_tokens");
          count(event, "tokensAfter", said, "post_tokens");
          return event;
        });
  }

  private static String useId(Signal.LogItem item) {
    return item.attributes().text("tool_use_id").orElse(sequence(item));
  }

  /** Monotonic within a session; the time stands in where even that is missing. */
  private static String sequence(Signal.LogItem item) {
    return item.attributes().text("event.sequence").orElse("at " + item.atMs());
  }

  private static void count(ObjectNode event, String field, Attributes said, String name) {
    said.whole(name).ifPresent(number -> event.put(field, number));
  }

  private static String clip(String text, int charsMax) {
    return text.length() > charsMax ? text.substring(0, charsMax) : text;
  }
}
