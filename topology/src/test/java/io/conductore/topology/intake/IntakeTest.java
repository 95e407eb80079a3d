package io.conductore.topology.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.CloudEventHeaders;
import io.conductore.schemas.Log;
import io.conductore.schemas.Topics;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.Heartbeat;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.lifecycle.IssueApproved;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.head.EventIdKey;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What INTAKE makes of the flat events that it accepts. */
class IntakeTest {
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
  void shouldPutAnEventOnTheAgentsLogWhenAnAgentDoesSomething() {
    // given
    Flat heartbeat = Flat.of("HEARTBEAT", "dev-e-node/abc12")
        .id("e-1")
        .with("Status", "working")
        .with("x", 1);

    // when
    rig.ingress(heartbeat);

    // then
    TestRecord<byte[], byte[]> record = only(Log.ACTIVITY);
    AgentActivity event = (AgentActivity) rig.decoded(Log.ACTIVITY, record.value());
    assertThat(record.key()).isEqualTo("dev-e-node".getBytes(UTF_8));
    assertThat(event.getStreamId()).isEqualTo("dev-e-node");
    assertThat(event.getInstance()).isEqualTo("abc12");
    assertThat(event.getSource()).isEqualTo("rig.ingress");
    assertThat(event.getExtra()).containsEntry("x", "1");
    assertThat(((Heartbeat) event.getPayload()).getStatus()).isEqualTo("working");
    assertThat(rig.agent("dev-e-node").beat().status()).isEqualTo("working");
  }

  @Test
  void shouldPutAnEventOnTheIssuesLogWhenSomethingHappensToAnIssue() {
    // given
    Flat approved = Flat.of("ISSUE_APPROVED", "o/r", 42).with("priority", "high");

    // when
    rig.ingress(approved);

    // then
    TestRecord<byte[], byte[]> record = only(Log.LIFECYCLE);
    IssueLifecycle event = (IssueLifecycle) rig.decoded(Log.LIFECYCLE, record.value());
    assertThat(record.key()).isEqualTo("o/r#42".getBytes(UTF_8));
    assertThat(event.getStreamId()).isEqualTo("o/r#42");
    assertThat(((IssueApproved) event.getPayload()).getPriority()).isEqualTo("high");
    assertThat(rig.written(Log.ACTIVITY.topic())).isEmpty();
  }

  @Test
  void shouldCarryCloudEventHeadersWhenItForwards() {
    // given
    Flat heartbeat = Flat.of("HEARTBEAT", "dev-e").id("e-1");

    // when
    rig.ingress(heartbeat);

    // then
    TestRecord<byte[], byte[]> record = only(Log.ACTIVITY);
    assertThat(header(record, CloudEventHeaders.ID)).isEqualTo("e-1");
    assertThat(header(record, CloudEventHeaders.TYPE)).isEqualTo("HEARTBEAT");
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-6, , listed, 18000000",
    "anthropic/claude-sonnet-4-6, , listed, 18000000",
    "no-such-model, , unknown-model, 30000000",
    "claude-sonnet-4-6, 0.25, reported, 250000000000",
  })
  void shouldStampAPriceWhenAModelWasCalled(
      String model, String costUsd, String basis, long picoUsd) {
    // given
    Flat usage = Flat.usage("dev-e", 1, 1).with("model", model);
    if (costUsd != null) {
      usage.with("costUsd", costUsd);
    }

    // when
    rig.ingress(usage);

    // then
    AgentActivity event =
        (AgentActivity) rig.decoded(Log.ACTIVITY, only(Log.ACTIVITY).value());
    TokenUsage call = (TokenUsage) event.getPayload();
    assertThat(call.getCostPicoUsd()).isEqualTo(picoUsd);
    assertThat(call.getCostBasis()).isEqualTo(basis);
  }

  @Test
  void shouldMakeTheIdFromThePlaceWhenTheEventHasNone() {
    // given
    Flat anonymous = Flat.of("HEARTBEAT", "dev-e");

    // when
    rig.ingress(anonymous);
    rig.ingress(anonymous);

    // then
    assertThat(rig.written(Log.ACTIVITY.topic()))
        .extracting(record -> header(record, CloudEventHeaders.ID))
        .containsExactly(
            EventIdKey.derived("rig.ingress-0-0"), EventIdKey.derived("rig.ingress-0-1"));
    assertThat(rig.agent("dev-e").ordinal()).isEqualTo(2);
  }

  @Test
  void shouldDeliverOnceWhenTheSameIdArrivesTwice() {
    // given
    Flat usage = Flat.usage("dev-e", 10, 1).id("e-1");

    // when
    rig.ingress(usage);
    rig.ingress(usage);

    // then
    assertThat(rig.written(Log.ACTIVITY.topic())).hasSize(2);
    assertThat(rig.agent("dev-e").ordinal()).isEqualTo(1);
    assertThat(rig.counted("duplicates-dropped")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:29:00Z, 2026-11-23T10:29:00Z, the broker's time stands",
    "1970-01-01T00:00:00Z, 2026-11-23T10:30:00Z, a clock that was never set",
    "2100-01-01T00:00:00Z, 2026-11-23T10:30:00Z, a clock in the future",
  })
  void shouldNotBelieveTheRecordsTimeWhenItCannotBeRight(
      Instant timestamp, Instant recordedAt, String why) {
    // given
    Flat heartbeat = Flat.of("HEARTBEAT", "dev-e");

    // when
    rig.record(Topics.INGRESS, null, heartbeat.bytes(), timestamp);

    // then
    AgentActivity event =
        (AgentActivity) rig.decoded(Log.ACTIVITY, only(Log.ACTIVITY).value());
    assertThat(Instant.ofEpochMilli(event.getRecordedAtMs())).as(why).isEqualTo(recordedAt);
    assertThat(Instant.ofEpochMilli(event.getOccurredAtMs())).as(why).isEqualTo(recordedAt);
  }

  private TestRecord<byte[], byte[]> only(Log log) {
    assertThat(rig.written(Topics.DLQ_INTAKE)).isEmpty();
    assertThat(rig.written(log.topic())).hasSize(1);
    return rig.written(log.topic()).getFirst();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
