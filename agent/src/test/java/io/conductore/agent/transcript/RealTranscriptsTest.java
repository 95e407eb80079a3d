package io.conductore.agent.transcript;

import static io.conductore.agent.transcript.RealRuns.ofType;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.evidence.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is in {@code claude-code} and {@code claude-code-live}; the totals are those of the CLI's
 * own result.json.
 */
class RealTranscriptsTest {

  @Test
  void shouldCountAsTheCliDoesWhenTheSessionIsHealthy() throws IOException {
    // when
    List<ObjectNode> events =
        RealRuns.events(RealRuns.file("claude-code-live/healthy-json/transcript.jsonl"));

    // then
    List<ObjectNode> usage = ofType(events, "TOKEN_USAGE");
    assertThat(usage).hasSize(10);
    assertThat(sum(usage, "inputTokens")).isEqualTo(12_000);
    assertThat(sum(usage, "outputTokens")).isEqualTo(850);
    assertThat(sum(usage, "cacheCreationTokens")).isEqualTo(3_000);
    assertThat(sum(usage, "cacheReadTokens")).isEqualTo(90_000);
    assertThat(texts(usage, "model")).containsOnly("claude-sonnet-4-6");
    List<ObjectNode> calls = ofType(events, "TOOL_CALL");
    assertThat(texts(calls, "tool"))
        .containsExactly("Bash", "Write", "Write", "Bash", "Read", "Edit", "Bash", "Bash", "Bash");
    assertThat(texts(calls, "outcome"))
        .containsExactly("ok", "ok", "ok", "error", "ok", "ok", "ok", "error", "ok");
    assertThat(turns(events)).isEqualTo(IntStream.rangeClosed(1, 10).boxed().toList());
  }

  @Test
  void shouldShowTheRepetitionWhenTheSessionLoops() throws IOException {
    // when
    List<ObjectNode> events =
        RealRuns.events(RealRuns.file("claude-code-live/loop-json/transcript.jsonl"));

    // then
    List<ObjectNode> calls = ofType(events, "TOOL_CALL");
    assertThat(calls).hasSize(12);
    assertThat(texts(calls, "inputDigest").stream().distinct()).hasSize(1);
    assertThat(texts(calls, "errorDigest").stream().distinct()).hasSize(1);
    assertThat(texts(calls, "outcome")).containsOnly("error");
    assertThat(ofType(events, "TOKEN_USAGE")).hasSize(13);
    assertThat(ofType(events, "TURN_COMPLETED")).hasSize(13);
  }

  @Test
  void shouldCountBrokenLinesWhenReadingTheEdgeCases() throws IOException {
    // given
    Path file = RealRuns.file("claude-code/edge_cases.jsonl");

    // when
    List<ObjectNode> events;
    Flaws flaws;
    try (RunEvents run = RecordedRuns.open(file, Labels.none())) {
      events = RealRuns.drained(run);
      flaws = run.flaws();
    }

    // then
    assertThat(flaws.listed())
        .extracting(Flaws.Flaw::line)
        .containsExactly(10L, 11L, 13L, 14L, 15L, 16L);
    assertThat(sum(ofType(events, "TOKEN_USAGE"), "outputTokens")).isEqualTo(145 + 25 + 180 + 85);
    assertThat(texts(ofType(events, "TOOL_CALL"), "tool")).containsExactly("FailingTool");
    assertThat(turns(events)).containsExactly(1, 2, 3, 4);
    assertThat(texts(events, "sessionId")).contains("edge_cases", "todowrite_session");
  }

  @Test
  void shouldGiveTheSameIdsWhenReadAgainFromAnotherPlace(@TempDir Path elsewhere)
      throws IOException {
    for (Path file : RealRuns.all(".jsonl")) {
      // given
      Path copy = Files.copy(file, elsewhere.resolve(Digests.exactly(file.toString()) + ".jsonl"));

      // when
      List<ObjectNode> events = RealRuns.events(file);

      // then
      assertThat(RealRuns.events(copy)).isEqualTo(events);
      assertThat(texts(events, "eventId")).doesNotHaveDuplicates();
    }
  }

  @Test
  void shouldNotShareIdsWhenTwoSessionsUseTheSameMessageIds() throws IOException {
    // given
    List<String> healthy = texts(
        RealRuns.events(RealRuns.file("claude-code-live/healthy-json/transcript.jsonl")),
        "eventId");
    List<String> proto = texts(
        RealRuns.events(RealRuns.file("claude-code-live/healthy-proto/transcript.jsonl")),
        "eventId");

    // then
    assertThat(healthy).hasSameSizeAs(proto).doesNotContainAnyElementsOf(proto);
  }

  private static long sum(List<ObjectNode> events, String field) {
    return events.stream().mapToLong(event -> event.path(field).asLong()).sum();
  }

  private static List<Integer> turns(List<ObjectNode> events) {
    return ofType(events, "TURN_COMPLETED").stream()
        .map(turn -> turn.path("turn").asInt())
        .toList();
  }

  private static List<String> texts(List<ObjectNode> events, String field) {
    return events.stream().map(event -> event.path(field).asText()).toList();
  }
}
