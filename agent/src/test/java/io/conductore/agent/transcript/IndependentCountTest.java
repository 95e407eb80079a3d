package io.conductore.agent.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The totals of an import beside a count of the same files that knows nothing of it: every line
 * that is JSON, each message id once, its last usage.
 */
class IndependentCountTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path folder;

  /** What a file's calls took. */
  private record Totals(int calls, long input, long output, long cacheWrite, long cacheRead) {}

  @Test
  void shouldCountAsAPlainLoopDoesWhenReadingEveryTranscript() throws IOException {
    for (Path file : RealRuns.all(".jsonl")) {
      // given
      Totals plain = plain(Files.readAllLines(file));

      // when
      Totals imported = imported(file);

      // then
      assertThat(imported).as(file.toString()).isEqualTo(plain);
    }
  }

  @Test
  void shouldCountEachMessageOnceWhenStreamingRepeatsIt() throws IOException {
    // given
    Path file = RealRuns.file("claude-code-live/healthy-json/transcript.jsonl");
    List<String> repeated = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode parsed = JSON.readTree(line);
      if (parsed.path("message").path("usage").isObject()) {
        ObjectNode early = parsed.deepCopy();
        early.put("uuid", parsed.path("uuid").asText() + "-early");
        ((ObjectNode) early.path("message").path("usage")).put("output_tokens", 1);
        repeated.add(early.toString());
      }
      repeated.add(line);
    }
    Path streamed = Files.write(folder.resolve("transcript.jsonl"), repeated);

    // when
    Totals imported = imported(streamed);

    // then
    assertThat(repeated).hasSizeGreaterThan(Files.readAllLines(file).size());
    assertThat(imported).isEqualTo(plain(repeated)).isEqualTo(imported(file));
    assertThat(imported.calls()).isEqualTo(10);
  }

  private static Totals plain(List<String> lines) {
    Map<String, JsonNode> byMessage = new LinkedHashMap<>();
    for (String line : lines) {
      JsonNode message = parsed(line).path("message");
      if (message.path("usage").isObject()) {
        byMessage.put(message.path("id").asText(), message.path("usage"));
      }
    }
    return new Totals(
        byMessage.size(),
        sum(byMessage, "input_tokens"),
        sum(byMessage, "output_tokens"),
        sum(byMessage, "cache_creation_input_tokens"),
        sum(byMessage, "cache_read_input_tokens"));
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException broken) {
      return JSON.createObjectNode();
    }
  }

  private static long sum(Map<String, JsonNode> byMessage, String field) {
    return byMessage.values().stream()
        .mapToLong(usage -> usage.path(field).asLong())
        .sum();
  }

  private static Totals imported(Path file) throws IOException {
    List<ObjectNode> usage = RealRuns.ofType(RealRuns.events(file), "TOKEN_USAGE");
    return new Totals(
        usage.size(),
        total(usage, "inputTokens"),
        total(usage, "outputTokens"),
        total(usage, "cacheCreationTokens"),
        total(usage, "cacheReadTokens"));
  }

  private static long total(List<ObjectNode> events, String field) {
    return events.stream().mapToLong(event -> event.path(field).asLong()).sum();
  }
}
