package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Writes transcripts for tests, a line at a time. */
final class Lines {
  static final Instant LAST_MODIFIED = Instant.parse("2026-01-01T00:00:00Z");

  private final StringBuilder text = new StringBuilder();

  /** A line of the model with one block. */
  Lines model(String messageId, String at, int outputTokens, String block) {
    String line = """
        {"type":"assistant","sessionId":"s1","cwd":"/home/dev/shop","timestamp":"%s",\
        "requestId":"r-%s","message":{"id":"%s","model":"claude-x","content":[%s],\
        "usage":{"input_tokens":10,"output_tokens":%d,"cache_read_input_tokens":5}}}""";
    return line(line.formatted(at, messageId, messageId, block, outputTokens));
  }

  /** A line with one tool's answer. */
  Lines result(String useId, String at, String output) {
    String line = """
        {"type":"user","sessionId":"s1","timestamp":"%s","message":{"content":[\
        {"type":"tool_result","tool_use_id":"%s","content":"%s"}]}}""";
    return line(line.formatted(at, useId, output));
  }

  Lines line(String line) {
    text.append(line).append('\n');
    return this;
  }

  static String said(String words) {
    return "{\"type\":\"text\",\"text\":\"%s\"}".formatted(words);
  }

  static String use(String id, String tool, String argument) {
    return "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":{\"a\":\"%s\"}}"
        .formatted(id, tool, argument);
  }

  TranscriptEvents open() {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return new TranscriptEvents(new ByteArrayInputStream(bytes), Labels.none(), LAST_MODIFIED);
  }

  List<ObjectNode> events() throws IOException {
    try (TranscriptEvents run = open()) {
      return RealRuns.drained(run);
    }
  }
}
