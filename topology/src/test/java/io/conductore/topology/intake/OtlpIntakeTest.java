package io.conductore.topology.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Log;
import io.conductore.schemas.Topics;
import io.conductore.topology.RigDriver;
import io.conductore.topology.activity.SessionKey;
import io.conductore.topology.activity.Usage;
import io.conductore.topology.head.DeadLetters;
import io.conductore.topology.metering.Metered;
import io.conductore.topology.otlp.Exports;
import io.conductore.topology.state.StoreNames;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Collector's Kafka exporter writes is counted as what comes through the HTTP door is. */
class OtlpIntakeTest {
  private static final Map<String, Object> REQUEST = Map.of(
      "event.name", "api_request",
      "session.id", "s",
      "request_id", "req_1",
      "model", "claude-sonnet-4-6",
      "input_tokens", 12L,
      "output_tokens", "5",
      "cost_usd", 0.25);

  @TempDir
  Path folder;

  private RigDriver rig;

  @BeforeEach
  void open() {
    rig = RigDriver.in(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldCountOnceWhenBothEncodingsAndARepeatTellOfOneCall() {
    // given
    byte[] proto = Exports.logProto("dev-e", RigDriver.START, REQUEST);
    byte[] json = Exports.logJson("dev-e", RigDriver.START, REQUEST);

    // when
    rig.record(Topics.OTLP_LOGS, null, proto);
    rig.record(Topics.OTLP_LOGS, new byte[] {7}, json);
    rig.record(Topics.OTLP_LOGS, null, proto);

    // then
    Usage usage = rig.session("dev-e", "s").usage();
    assertThat(usage.calls()).isEqualTo(1);
    assertThat(usage.inputTokens()).isEqualTo(12);
    assertThat(usage.outputTokens()).isEqualTo(5);
    assertThat(usage.cost().toDecimal()).isEqualByComparingTo("0.25");
    assertThat(rig.counted("duplicates-dropped")).isEqualTo(4);
    assertThat(rig.written(Topics.DLQ_OTLP)).isEmpty();
  }

  @Test
  void shouldReadSpansAndCountersWhenTheyComeOnTheirTopics() {
    // given
    Exports.Point point = new Exports.Point(
        "s", "input", 40, false, RigDriver.START.minusSeconds(9), RigDriver.START);

    // when
    rig.record(Topics.OTLP_METRICS, null, Exports.tokensProto("dev-e", point));
    rig.record(
        Topics.OTLP_SPANS,
        null,
        Exports.spanProto(
            "other", RigDriver.START, Map.of("gen_ai.usage.input_tokens", 9L, "session.id", "t")));

    // then
    assertThat(types()).containsExactly("TELEMETRY_METERED", "TOKEN_USAGE", "TURN_COMPLETED");
    assertThat(rig.session("other", "t").usage().inputTokens()).isEqualTo(9);
  }

  /**
   * A counter of two processes, as deltas and as one that grows, with a repeat and out of order.
   */
  @Test
  void shouldMeterTheSameWhenACounterIsDeltaOrCumulativeAndNothingIsSpent() {
    // given
    Instant first = RigDriver.START.minusSeconds(3_600);
    Instant second = first.plusSeconds(600);
    List<Exports.Point> deltas = List.of(
        point("delta", 40, false, first, 60),
        point("delta", 10, false, first, 120),
        point("delta", 7, false, second, 60));
    List<Exports.Point> cumulative = List.of(
        point("cumulative", 50, true, first, 120),
        point("cumulative", 40, true, first, 60),
        point("cumulative", 40, true, first, 60),
        point("cumulative", 7, true, second, 60));

    // when
    Stream.concat(deltas.stream(), cumulative.stream()).forEach(point -> {
      rig.record(Topics.OTLP_METRICS, null, Exports.tokensProto("dev-e", point));
      rig.restart();
    });

    // then
    Map<SessionKey, Metered> metered = rig.all(StoreNames.METERED);
    assertThat(metered.get(new SessionKey("dev-e", "delta")).total().input()).isEqualTo(57);
    assertThat(metered.get(new SessionKey("dev-e", "cumulative")).total().input())
        .isEqualTo(57);
    assertThat(metered.get(new SessionKey("dev-e", "cumulative")).readings()).isEqualTo(3);
    assertThat(rig.costs()).isEmpty();
  }

  private static Exports.Point point(
      String session, double tokens, boolean cumulative, Instant start, long afterSeconds) {
    return new Exports.Point(
        session, "input", tokens, cumulative, start, start.plusSeconds(afterSeconds));
  }

  @Test
  void shouldCountAndDropWhenTelemetryIsUnknown() {
    // when
    rig.record(
        Topics.OTLP_LOGS,
        null,
        Exports.logProto(
            "dev-e", RigDriver.START, Map.of("event.name", "plugin_loaded", "session.id", "s")));
    rig.record(Topics.OTLP_LOGS, null, new byte[0]);

    // then
    assertThat(rig.counted("otlp-unknown")).isEqualTo(1);
    assertThat(rig.counted("otlp-events")).isZero();
    assertThat(rig.written(Log.ACTIVITY.topic())).isEmpty();
    assertThat(rig.written(Topics.DLQ_OTLP)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp_logs", "otlp_metrics", "otlp_spans"})
  void shouldKeepEveryByteWhenARecordIsNoExport(String topic) {
    // given
    List<byte[]> letters =
        List.of("{\"resourceLogs\":".getBytes(UTF_8), new byte[] {10, 99, 1}, utf8("plain text"));

    // when
    letters.forEach(value -> rig.record(topic, utf8("key"), value));
    rig.record(topic, utf8("key"), null);

    // then
    List<TestRecord<byte[], byte[]>> dead = rig.written(Topics.DLQ_OTLP);
    assertThat(dead).hasSize(letters.size() + 1);
    for (int i = 0; i < letters.size(); i++) {
      assertThat(dead.get(i).value()).isEqualTo(letters.get(i));
      assertThat(dead.get(i).key()).isEqualTo(utf8("key"));
      assertThat(header(dead.get(i), DeadLetters.TOPIC)).isEqualTo(topic);
    }
    assertThat(header(dead.getLast(), DeadLetters.REASON)).contains("needs a value");
  }

  @Test
  void shouldTakeTheGoodEventsAndKeepTheRecordWhenOneIsRefused() {
    // given
    byte[] nameless = Exports.logProto("x".repeat(201), RigDriver.START, REQUEST);
    byte[] good = Exports.logProto("dev-e", RigDriver.START, REQUEST);
    byte[] both = new byte[nameless.length + good.length];
    System.arraycopy(nameless, 0, both, 0, nameless.length);
    System.arraycopy(good, 0, both, nameless.length, good.length);

    // when: protobuf merges what is written one behind the other
    rig.record(Topics.OTLP_LOGS, null, both);

    // then
    assertThat(rig.session("dev-e", "s").usage().calls()).isEqualTo(1);
    assertThat(rig.counted("otlp-rejected")).isEqualTo(2);
    assertThat(rig.written(Topics.DLQ_OTLP)).singleElement().satisfies(letter -> {
      assertThat(letter.value()).isEqualTo(both);
      assertThat(header(letter, DeadLetters.REASON))
          .contains("2 of its events refused")
          .contains("agentId");
    });
  }

  private List<String> types() {
    return rig.written(Log.ACTIVITY.topic()).stream()
        .map(record -> header(record, "ce_type"))
        .toList();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
