package io.conductore.agent.transcript;

import static io.conductore.agent.transcript.RealRuns.ofType;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrajectoryEventsTest {
  private static final Instant CHANGED = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir
  private Path folder = Path.of(".");

  @Test
  void shouldTellStepsAndTotalsWhenTheRunIsReal() throws IOException {
    // when
    List<ObjectNode> events =
        RealRuns.events(RealRuns.file("swe-agent/8eaf-pydicom__pydicom-1458.traj"));

    // then
    List<ObjectNode> calls = ofType(events, "TOOL_CALL");
    assertThat(texts(calls, "tool"))
        .containsExactly(
            "create",
            "edit",
            "python",
            "find_file",
            "open",
            "edit",
            "edit",
            "edit",
            "edit",
            "python",
            "rm",
            "submit");
    assertThat(texts(calls, "outcome"))
        .containsExactly(
            "ok", "ok", "error", "ok", "ok", "error", "error", "error", "ok", "ok", "ok", "ok");
    assertThat(ofType(events, "TURN_COMPLETED"))
        .extracting(turn -> turn.path("turn").asInt())
        .isEqualTo(IntStream.rangeClosed(1, 12).boxed().toList());
    ObjectNode usage = events.getLast();
    assertThat(usage.path("inputTokens").asLong()).isEqualTo(122_612);
    assertThat(usage.path("outputTokens").asLong()).isEqualTo(1_369);
    assertThat(usage.path("costUsd").decimalValue())
        .isEqualByComparingTo(new BigDecimal("1.26719"));
    assertThat(usage.path("model").asText()).isEqualTo("unknown");
    assertThat(texts(events, "repo")).containsOnly("local/pydicom__pydicom");
    assertThat(texts(events, "agentId")).containsOnly("swe-agent");
    assertThat(texts(events, "sessionId").getFirst())
        .matches("8eaf-pydicom__pydicom-1458-[0-9a-f]{8}");
  }

  @Test
  void shouldPairHistoryWhenThereIsNoTrajectory() throws IOException {
    // when
    List<ObjectNode> events =
        RealRuns.events(RealRuns.file("swe-agent/936b-function_calling_simple.traj"));

    // then
    List<ObjectNode> calls = ofType(events, "TOOL_CALL");
    assertThat(texts(calls, "tool"))
        .containsExactly("find_file", "open", "edit", "python", "submit");
    // The prompt of the agent's shell is no output: "8.2" is all that the command printed.
    assertThat(calls.get(3).path("outputBytes").asLong()).isEqualTo(3);
    assertThat(ofType(events, "TURN_COMPLETED")).hasSize(5);
    assertThat(ofType(events, "TOKEN_USAGE")).isEmpty();
  }

  @Test
  void shouldGiveEveryRealRunItsOwnStableIds() throws IOException {
    for (Path file : RealRuns.all(".traj")) {
      // given
      Path copy = Files.copy(file, folder.resolve("copy-" + file.getFileName()));
      Files.setLastModifiedTime(copy, FileTime.from(CHANGED));

      // when
      List<ObjectNode> events = RealRuns.events(file);

      // then
      assertThat(events).isNotEmpty();
      assertThat(texts(events, "eventId")).doesNotHaveDuplicates();
      assertThat(texts(RealRuns.events(copy), "eventId")).isEqualTo(texts(events, "eventId"));
    }
  }

  @Test
  void shouldLayStepsOneSecondApartWhenTheFileHasNoTimes() throws IOException {
    // given
    Path file = written("""
            {"info":{"model_stats":{"tokens_sent":9,"tokens_received":1,"instance_cost":0}},
             "replay_config":"{\\"agent\\":{\\"model\\":{\\"name\\":\\"gpt-x\\"}}}",
             "trajectory":[
              {"action":"ls","observation":"a","thought":"look",
               "state":"{\\"working_dir\\":\\"/w/app/\\"}",
               "execution_time":0.25},
              {"action":"","observation":"","response":"thinking"}]}""");

    // when
    List<ObjectNode> events = RealRuns.events(file);

    // then
    assertThat(events)
        .extracting(event ->
            event.path("type").asText() + " " + event.path("occurredAt").asText())
        .containsExactly(
            "TURN_COMPLETED 2026-03-01T00:00:01Z",
            "TOOL_CALL 2026-03-01T00:00:01Z",
            "TURN_COMPLETED 2026-03-01T00:00:02Z",
            "TOKEN_USAGE 2026-03-01T00:00:02Z");
    assertThat(events.get(1).path("durationMs").asLong()).isEqualTo(250);
    assertThat(events.getLast().path("model").asText()).isEqualTo("gpt-x");
    assertThat(events.getLast().has("costUsd")).isFalse();
    assertThat(events.getLast().path("repo").asText()).isEqualTo("local/app");
  }

  @Test
  void shouldLeaveOutDemonstrationsWhenReadingAHistory() throws IOException {
    // given
    Path file = written("""
            {"history":[
              {"role":"system","content":"s"},
              {"role":"assistant","is_demo":true,"content":"d","action":"ls"},
              {"role":"user","is_demo":true,"content":"x"},
              {"role":"assistant","content":"a",
               "tool_calls":[{"function":{"name":"grep","arguments":"{}"}}]},
              {"role":"assistant","content":"b","action":"pwd"},
              {"role":"user","content":[{"type":"text","text":"/home"}]},
              {"role":"assistant","content":"c","action":"exit"}]}""");

    // when
    List<ObjectNode> calls = ofType(RealRuns.events(file), "TOOL_CALL");

    // then
    assertThat(texts(calls, "tool")).containsExactly("grep", "pwd", "exit");
    assertThat(calls)
        .extracting(call -> call.path("outputBytes").asLong())
        .containsExactly(0L, 5L, 0L);
  }

  @Test
  void shouldReportWhereWhenTheFileIsCutShort() throws IOException {
    // given
    Path file = written("{\"trajectory\":[\n{\"action\":\"ls\"},\n{\"act");

    // when
    try (RunEvents run = RecordedRuns.open(file, Labels.none())) {
      // then
      assertThat(run.next()).isEmpty();
      assertThat(run.flaws().listed()).extracting(Flaws.Flaw::line).containsExactly(3L);
      assertThat(run.recognised()).isTrue();
    }
  }

  @Test
  void shouldNotRecogniseWhenTheObjectIsSomethingElse() throws IOException {
    // given
    Path file = written("{\"a\":[1,2],\"trajectory\":{},\"history\":[]}");

    // when
    try (RunEvents run = RecordedRuns.open(file, Labels.none())) {
      // then
      assertThat(run.next()).isEmpty();
      assertThat(run.recognised()).isFalse();
    }
  }

  @Test
  void shouldSkipAStepWhenItIsNoObject() throws IOException {
    // given
    Path file = written("{\"trajectory\":[7,{\"action\":\"ls\"},null]}");

    // when
    try (RunEvents run = RecordedRuns.open(file, Labels.none())) {
      List<ObjectNode> events = RealRuns.drained(run);

      // then
      assertThat(ofType(events, "TOOL_CALL")).hasSize(1);
      assertThat(run.flaws().count()).isEqualTo(2);
    }
  }

  private Path written(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("run.traj"), text);
    return Files.setLastModifiedTime(file, FileTime.from(CHANGED));
  }

  private static List<String> texts(List<ObjectNode> events, String field) {
    return events.stream().map(event -> event.path(field).asText()).toList();
  }
}
