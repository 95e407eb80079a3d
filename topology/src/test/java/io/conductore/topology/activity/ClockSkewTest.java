package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Topics;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.RigDriver.Settings;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R21: a wrong clock never closes or expires a window, its own agent's or another's. */
class ClockSkewTest {
  private static final Instant START = RigDriver.START;
  private static final BudgetLimits LIMITS =
      new BudgetLimits(Map.of(Window.HOUR, new Limit(1_000L, null)), Map.of());

  /** Epoch milliseconds that a producer may send. */
  private static final Map<String, Long> CLOCKS = Map.of(
      "never set",
      0L,
      "just before",
      -1L,
      "negative",
      Long.MIN_VALUE,
      "a day ahead",
      START.plus(Duration.ofDays(1)).toEpochMilli(),
      "year 2100",
      Instant.parse("2100-01-01T00:00:00Z").toEpochMilli(),
      "as far as it goes",
      Long.MAX_VALUE);

  @TempDir
  Path folder;

  private RigDriver rig;

  @BeforeEach
  void open() {
    rig = RigDriver.in(folder, Settings.DEFAULT.limits(LIMITS));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldCountEveryEventWhoseClockCannotBeRight() {
    // given
    Flat right = Flat.of("HEARTBEAT", "dev-e").with("occurredAt", START.toEpochMilli());

    // when
    rig.ingress(right);
    CLOCKS.forEach(
        (name, clockMs) -> rig.ingress(Flat.of("HEARTBEAT", "dev-e").with("occurredAt", clockMs)));

    // then
    assertThat(rig.written(Topics.DLQ_INTAKE)).isEmpty();
    assertThat(rig.counted("events-clamped")).isEqualTo(CLOCKS.size());
  }

  @Test
  void shouldBookItNowWhenTheClockCannotBeRight() {
    CLOCKS.forEach((name, clockMs) -> {
      // given
      rig.post(Flat.usage(name, 700, 0));

      // when
      for (int i = 0; i < 10; i++) {
        rig.post(Flat.usage(name, 10, 0).with("occurredAt", clockMs));
        rig.ingress(Flat.usage(name, 1, 0).with("timestamp", clockMs));
      }

      // then
      assertThat(spentThisHour(name)).as(name).isEqualTo(810);
      assertThat(rig.agent(name).budget().hours().byBucket()).as(name).hasSize(1);
      assertThat(rig.derived().getLast().getStreamId()).isEqualTo(name);
    });
    assertThat(rig.derivedTypes()).hasSameSizeAs(CLOCKS.keySet()).containsOnly("BUDGET_WARNING");
    assertThat(rig.written(Topics.DLQ_INTAKE)).isEmpty();
  }

  @Test
  void shouldBookItYesterdayWhenTheClockIsADayBehind() {
    // given
    rig.post(Flat.usage("dev-e", 700, 0));

    // when
    rig.post(Flat.usage("dev-e", 900, 0).at(START.minus(Duration.ofDays(1))));

    // then
    assertThat(spentThisHour("dev-e")).isEqualTo(700);
    assertThat(rig.agent("dev-e").budget().days().byBucket()).hasSize(2);
    assertThat(rig.derived()).isEmpty();
  }

  @Test
  void shouldMissASilentAgentAllTheSameWhenItsClockRanAhead() {
    // given
    rig.post(Flat.of("HEARTBEAT", "ahead").at(START.plus(Duration.ofDays(1))));
    rig.post(Flat.of("HEARTBEAT", "behind").at(START.minus(Duration.ofDays(1))));

    // when
    rig.advance(Liveness.SILENCE_MAX.plus(ActivityStage.SILENCE_LOOK));

    // then
    assertThat(rig.derived())
        .extracting(event -> event.getStreamId() + " " + event.getType())
        .containsExactlyInAnyOrder("ahead HEARTBEAT_MISSED", "behind HEARTBEAT_MISSED");
  }

  @Test
  void shouldKeepTheOpenWindowWhenOneEventFromTheFutureCameWithoutADoor() {
    // given
    rig.post(Flat.usage("dev-e", 700, 0), Flat.usage("honest", 700, 0));
    AgentActivity future = (AgentActivity) rig.read(Flat.usage("dev-e", 5, 0)).envelope();
    future.setOccurredAtMs(Instant.parse("2100-01-01T00:00:00Z").toEpochMilli());
    future.setRecordedAtMs(future.getOccurredAtMs());

    // when
    rig.append(future);
    rig.post(Flat.usage("dev-e", 50, 0), Flat.usage("honest", 50, 0));

    // then
    assertThat(spentThisHour("dev-e")).isEqualTo(750);
    assertThat(spentThisHour("honest")).isEqualTo(750);
  }

  @Test
  void shouldBookItNowWhenTheRecordsOwnClockIsWrongToo() {
    // given
    Flat call = Flat.usage("dev-e", 10, 0).with("occurredAt", "2100-01-01T00:00:00Z");

    // when
    rig.record(Topics.INGRESS, null, call.bytes(), Instant.parse("2100-01-01T00:00:00Z"));
    rig.record(Topics.INGRESS, null, call.bytes(), Instant.EPOCH);

    // then
    assertThat(spentThisHour("dev-e")).isEqualTo(20);
  }

  private long spentThisHour(String agentId) {
    return rig.agent(agentId)
        .budget()
        .spentAt(Window.HOUR, rig.now().toEpochMilli())
        .tokens();
  }
}
