package io.conductore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.agent.transcript.Labels;
import io.conductore.agent.transcript.RecordedRuns;
import io.conductore.agent.transcript.RunEvents;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.topology.otlp.OtlpJson;
import io.conductore.topology.otlp.OtlpKind;
import io.conductore.topology.otlp.OtlpProtobuf;
import io.conductore.topology.otlp.OtlpReading;
import io.conductore.topology.otlp.Signal;
import io.conductore.topology.otlp.TelemetryEvents;
import io.conductore.topology.otlp.TelemetryNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the real Claude Code exported: its telemetry alone gives the tool's own totals, and says
 * nothing that the transcript of the same session would say again under another id.
 */
class RecordedTelemetryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TelemetryEvents EVENTS = new TelemetryEvents(TelemetryNames.DEFAULT);

  @ParameterizedTest
  @ValueSource(strings = {"healthy-json", "healthy-proto"})
  void shouldCountWhatTheToolItselfCountedWhenOnlyItsEventsAreRead(String session)
      throws IOException {
    // given
    JsonNode result = JSON.readTree(folder(session).resolve("result.json").toFile());
    JsonNode usage = result.path("usage");

    // when
    List<ObjectNode> calls = ofType(told(session, OtlpKind.LOGS), "TOKEN_USAGE");

    // then
    assertThat(sum(calls, "inputTokens")).isEqualTo(usage.path("input_tokens").longValue());
    assertThat(sum(calls, "outputTokens")).isEqualTo(usage.path("output_tokens").longValue());
    assertThat(sum(calls, "cacheCreationTokens"))
        .isEqualTo(usage.path("cache_creation_input_tokens").longValue());
    assertThat(sum(calls, "cacheReadTokens"))
        .isEqualTo(usage.path("cache_read_input_tokens").longValue());
    assertThat(calls.stream()
            .map(call -> call.path("costUsd").decimalValue())
            .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(result.path("total_cost_usd").decimalValue());
    assertThat(calls).allSatisfy(call -> {
      assertThat(call.path("agentId").textValue()).isEqualTo("dev-e");
      assertThat(call.path("repo").textValue()).isEqualTo("o/r");
      assertThat(call.path("issueNumber").intValue()).isEqualTo(42);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"healthy-json", "healthy-proto", "loop-json"})
  void shouldMeterTheSameTotalsWhenOnlyItsCountersAreRead(String session) throws IOException {
    // given
    JsonNode result = JSON.readTree(folder(session).resolve("result.json").toFile());
    JsonNode usage = result.path("usage");

    // when
    Map<String, BigDecimal> metered = told(session, OtlpKind.METRICS).stream()
        .collect(Collectors.toMap(
            reading -> reading.path("kind").textValue(),
            reading -> reading.path("amount").decimalValue(),
            BigDecimal::add));

    // then
    assertThat(metered.get("input")).isEqualByComparingTo(decimal(usage, "input_tokens"));
    assertThat(metered.get("output")).isEqualByComparingTo(decimal(usage, "output_tokens"));
    assertThat(metered.get("cacheRead"))
        .isEqualByComparingTo(decimal(usage, "cache_read_input_tokens"));
    assertThat(metered.get("cacheCreation"))
        .isEqualByComparingTo(decimal(usage, "cache_creation_input_tokens"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"healthy-json", "healthy-proto", "loop-json"})
  void shouldGiveTheIdsOfTheTranscriptWhenBothTellOfOneSession(String session) throws IOException {
    // given
    List<ObjectNode> transcript = transcript(session);

    // when
    List<ObjectNode> telemetry = told(session, OtlpKind.LOGS);

    // then
    for (String type : Set.of("TOKEN_USAGE", "TOOL_CALL", "TURN_COMPLETED")) {
      assertThat(ids(ofType(telemetry, type)))
          .as(type)
          .isNotEmpty()
          .isSubsetOf(ids(ofType(transcript, type)));
    }
  }

  /** Of this session the recorded log export holds the end only: telemetry loses events. */
  @Test
  void shouldMeterMoreThanItsEventsTellWhenTheExportLostSome() throws IOException {
    // given
    String session = "loop-json";

    // when
    long told = sum(ofType(told(session, OtlpKind.LOGS), "TOKEN_USAGE"), "inputTokens");
    long metered = told(session, OtlpKind.METRICS).stream()
        .filter(reading -> reading.path("kind").textValue().equals("input"))
        .mapToLong(reading -> reading.path("amount").longValue())
        .sum();

    // then
    assertThat(told).isPositive().isLessThan(metered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"healthy-json", "healthy-proto", "loop-json"})
  void shouldGiveTheInputDigestsOfTheTranscriptWhenBothTellOfOneCall(String session)
      throws IOException {
    // given
    Map<String, String> transcript = digests(transcript(session));

    // when
    Map<String, String> telemetry = digests(told(session, OtlpKind.LOGS));

    // then
    long equal = telemetry.entrySet().stream()
        .filter(call -> call.getValue().equals(transcript.get(call.getKey())))
        .count();
    assertThat(equal).isGreaterThanOrEqualTo(telemetry.size() / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"healthy-json", "healthy-proto", "loop-json"})
  void shouldBeTakenByTheDoorWhenItIsTold(String session) throws IOException {
    // given
    List<ObjectNode> told = new ArrayList<>(told(session, OtlpKind.LOGS));
    told.addAll(told(session, OtlpKind.METRICS));

    // when
    List<FlatOutcome> outcomes = told.stream()
        .map(event -> FlatReader.read(event, new Reading(0, () -> "none", null)))
        .toList();

    // then
    assertThat(outcomes).isNotEmpty().allMatch(FlatOutcome.Accepted.class::isInstance);
  }

  private static BigDecimal decimal(JsonNode usage, String field) {
    return usage.path(field).decimalValue();
  }

  private static long sum(List<ObjectNode> events, String field) {
    return events.stream().mapToLong(event -> event.path(field).longValue()).sum();
  }

  private static List<ObjectNode> ofType(List<ObjectNode> events, String type) {
    return events.stream()
        .filter(event -> event.path("type").textValue().equals(type))
        .toList();
  }

  private static Set<String> ids(List<ObjectNode> events) {
    return events.stream()
        .map(event -> event.path("eventId").textValue())
        .collect(Collectors.toSet());
  }

  private static Map<String, String> digests(List<ObjectNode> events) {
    return ofType(events, "TOOL_CALL").stream()
        .collect(Collectors.toMap(
            event -> event.path("eventId").textValue(),
            event -> event.path("inputDigest").asText("none")));
  }

  private static List<ObjectNode> told(String session, OtlpKind kind) throws IOException {
    String name = "otlp-" + kind.path().substring("/v1/".length());
    Path json = folder(session).resolve(name + ".json");
    OtlpReading reading = Files.exists(json)
        ? OtlpJson.read(kind, Files.readAllBytes(json))
        : OtlpProtobuf.read(kind, Files.readAllBytes(folder(session).resolve(name + ".pb")));
    assertThat(reading).isInstanceOf(OtlpReading.Read.class);
    List<Signal> signals = ((OtlpReading.Read) reading).signals();
    return signals.stream().flatMap(signal -> EVENTS.of(signal).stream()).toList();
  }

  private static List<ObjectNode> transcript(String session) throws IOException {
    List<ObjectNode> events = new ArrayList<>();
    Path file = folder(session).resolve("transcript.jsonl");
    try (RunEvents run = RecordedRuns.open(file, Labels.none())) {
      for (Optional<ObjectNode> next = run.next(); next.isPresent(); next = run.next()) {
        events.add(next.get());
      }
    }
    return events;
  }

  private static Path folder(String session) {
    String elsewhere = System.getenv("RIG_DATA");
    Path data = elsewhere == null
        ? Path.of(System.getProperty("rig.root"), "..", "shared", "data").normalize()
        : Path.of(elsewhere);
    return data.resolve("claude-code-live").resolve(session);
  }
}
