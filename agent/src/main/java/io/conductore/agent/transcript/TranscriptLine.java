package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a transcript, as far as an import cares. */
sealed interface TranscriptLine {
  String COMPACT_BOUNDARY = "compact_boundary";

  /** What any line may carry and following lines inherit. */
  record Setting(
      @Nullable String sessionId,
      @Nullable String cwd,
      @Nullable Instant at) {}

  /** A line of the conversation. */
  record Said(Setting setting, boolean byModel, Message message) implements TranscriptLine {}

  /**
   * A line about something else: summaries, hooks, snapshots, queue operations, kinds yet to come.
   */
  record Aside(Setting setting, boolean ofTranscript) implements TranscriptLine {}

  /**
   * The context was summarised here.
   *
   * @param name the line's own id, null if it has none
   * @param tokensBefore how full the context was, null if the line does not say
   */
  record Compacted(
      Setting setting,
      @Nullable String name,
      @Nullable String trigger,
      @Nullable Long tokensBefore) implements TranscriptLine {}

  /** Not a line of any transcript. */
  record Broken(String reason) implements TranscriptLine {}

  /**
   * What was said.
   *
   * @param id the API's message id, shared by all lines of one message; null when the line has none
   */
  record Message(
      @Nullable String id,
      @Nullable String requestId,
      @Nullable String model,
      @Nullable TokenCounts usage,
      List<Block> blocks) {}

  /** Sorts a parsed line by what it is. Never throws. */
  static TranscriptLine of(JsonNode line) {
    if (!line.isObject()) {
      return new Broken("not a JSON object");
    }
    if (!line.path("type").isTextual()) {
      return new Broken("no type");
    }
    String type = line.path("type").textValue();
    Setting setting = setting(line);
    if (type.equals("system") && line.path("subtype").asText().equals(COMPACT_BOUNDARY)) {
      JsonNode about = line.path("compactMetadata");
      JsonNode tokens = about.path("preTokens");
      return new Compacted(
          setting,
          PlainText.idOrNull(PlainText.textOrNull(line.path("uuid"))),
          PlainText.textOrNull(about.path("trigger")),
          tokens.canConvertToLong() && tokens.longValue() >= 0 ? tokens.longValue() : null);
    }
    boolean byModel = type.equals("assistant");
    if (!byModel && !type.equals("user")) {
      boolean known = setting.sessionId() != null || line.has("uuid") || line.has("leafUuid");
      return new Aside(setting, known);
    }
    JsonNode message = line.path("message");
    if (!message.isObject()) {
      return new Broken(type + " line without a message object");
    }
    JsonNode content = message.path("content");
    TokenCounts usage = TokenCounts.ofUsage(message.path("usage")).orElse(null);
    if (!content.isTextual() && !content.isArray() && usage == null) {
      return new Broken(type + " line without content");
    }
    return new Said(setting, byModel, message(line, message, usage));
  }

  private static Message message(JsonNode line, JsonNode message, @Nullable TokenCounts usage) {
    String id = PlainText.textOrNull(message.path("id"));
    return new Message(
        id == null || id.isBlank() ? PlainText.textOrNull(line.path("uuid")) : id,
        PlainText.textOrNull(line.path("requestId")),
        PlainText.textOrNull(message.path("model")),
        usage,
        Block.of(message.path("content")));
  }

  private static Setting setting(JsonNode line) {
    // The stream that the CLI prints, kept by some as a file, spells it session_id.
    JsonNode session = line.has("sessionId") ? line.path("sessionId") : line.path("session_id");
    return new Setting(
        PlainText.idOrNull(PlainText.textOrNull(session)),
        PlainText.textOrNull(line.path("cwd")),
        at(line.path("timestamp")));
  }

  /** A time that can be true: these agents do not predate 2020, and damage writes any number. */
  private static @Nullable Instant at(JsonNode timestamp) {
    try {
      Instant at = null;
      if (timestamp.isTextual()) {
        at = OffsetDateTime.parse(timestamp.textValue().strip()).toInstant();
      } else if (timestamp.isIntegralNumber() && timestamp.canConvertToLong()) {
        at = Instant.ofEpochMilli(timestamp.longValue());
      }
      return at == null || at.isBefore(Times.EARLIEST) || at.isAfter(Times.LATEST) ? null : at;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Bounds of a believable time. */
  final class Times {
    static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private Times() {}
  }
}
