package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.evidence.Digests;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the flat events that an import sends; the names and their meaning are those of the API.
 */
final class EventForms {
  static final int ERROR_TEXT_CHARS_MAX = 512;
  private static final int NAME_CHARS_MAX = 200;

  private final Labels labels;
  private final String agentId;

  EventForms(Labels labels, String agentIdByDefault) {
    this.labels = labels;
    String given = PlainText.idOrNull(labels.agentId());
    this.agentId = given == null ? agentIdByDefault : given;
  }

  /**
   * One model call, or all calls of a run that tells only totals.
   *
   * @param costUsd what the run itself says it cost; null lets the server price it
   */
  record Usage(
      String name,
      TokenCounts counts,
      String model,
      @Nullable String requestId,
      @Nullable BigDecimal costUsd) {}

  /** One tool call and what came back. */
  record Call(
      String name,
      int turn,
      String tool,
      String inputDigest,
      String output,
      boolean failed,
      @Nullable Long durationMs,
      boolean waiting) {}

  /**
   * One answer of the model.
   *
   * @param inputTokens all that it read, cached or not; null when unknown
   */
  record Turn(String name, int number, @Nullable Long inputTokens, String messageDigest) {}

  ObjectNode usage(Origin origin, Usage usage) {
    ObjectNode event = envelope("TOKEN_USAGE", origin, usage.name());
    TokenCounts counts = usage.counts();
    event
        .put("model", PlainText.clipped(usage.model(), NAME_CHARS_MAX))
        .put("inputTokens", counts.input())
        .put("outputTokens", counts.output())
        .put("cacheCreationTokens", counts.cacheCreation())
        .put("cacheCreation1hTokens", counts.cacheCreation1h())
        .put("cacheReadTokens", counts.cacheRead());
    String requestId = PlainText.idOrNull(usage.requestId());
    if (requestId != null) {
      event.put("requestId", requestId);
    }
    if (usage.costUsd() != null) {
      event.put("costUsd", usage.costUsd());
    }
    return event;
  }

  ObjectNode call(Origin origin, Call call) {
    String output = call.output();
    String outputDigest = Digests.ofText(output);
    ObjectNode event = envelope("TOOL_CALL", origin, call.name())
        .put("turn", call.turn())
        .put("tool", PlainText.clipped(call.tool(), NAME_CHARS_MAX))
        .put("inputDigest", call.inputDigest())
        .put("outcome", call.failed() ? "error" : "ok")
        .put("outputDigest", outputDigest)
        .put("outputBytes", (long) output.getBytes(StandardCharsets.UTF_8).length);
    if (call.failed()) {
      event
          .put("errorDigest", outputDigest)
          .put("errorText", PlainText.clipped(output, ERROR_TEXT_CHARS_MAX));
    }
    if (call.waiting()) {
      event.put("waiting", true);
    }
    if (call.durationMs() != null) {
      event.put("durationMs", call.durationMs());
    }
    return event;
  }

  ObjectNode turn(Origin origin, Turn turn) {
    ObjectNode event = envelope("TURN_COMPLETED", origin, turn.name())
        .put("turn", turn.number())
        .put("messageDigest", turn.messageDigest());
    if (turn.inputTokens() != null) {
      event.put("inputTokens", turn.inputTokens());
    }
    return event;
  }

  /** The context was summarised to make room. */
  ObjectNode compaction(Origin origin, String name, TranscriptLine.Compacted line) {
    ObjectNode event = envelope("CONTEXT_COMPACTED", origin, name);
    if (line.trigger() != null) {
      event.put("trigger", PlainText.clipped(line.trigger(), NAME_CHARS_MAX));
    }
    if (line.tokensBefore() != null) {
      event.put("tokensBefore", line.tokensBefore());
    }
    return event;
  }

  private ObjectNode envelope(String type, Origin origin, String name) {
    ObjectNode event = JsonNodeFactory.instance
        .objectNode()
        .put("type", type)
        .put("eventId", origin.eventId(type, name).toString())
        .put("occurredAt", origin.at().toString())
        .put("source", "import")
        .put("agentId", agentId)
        .put("sessionId", origin.sessionId());
    String repo = labels.repo() == null ? origin.repo() : labels.repo();
    if (repo != null) {
      event.put("repo", repo);
    }
    if (labels.issueNumber() != null) {
      event.put("issueNumber", labels.issueNumber());
    }
    return event;
  }
}
