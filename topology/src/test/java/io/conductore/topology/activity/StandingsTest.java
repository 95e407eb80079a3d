package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Feed;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.RigDriver.Settings;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Window;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.DispatchRecord.AgentGaveUp;
import io.conductore.topology.handoff.DispatchRecord.AgentProgressed;
import io.conductore.topology.handoff.DispatchRecord.AgentStanding;
import io.conductore.topology.handoff.Handoff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dispatch is told about agents, and above all what it is not told. */
class StandingsTest {
  private static final Duration TOO_LONG = Liveness.SILENCE_MAX.plus(ActivityStage.SILENCE_LOOK);
  private static final BudgetLimits LIMITS =
      new BudgetLimits(Map.of(Window.HOUR, new Limit(1_000L, null)), Map.of());

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
  void shouldTellWhatAnAgentCanTakeWhenItRegistersAnew() {
    // given
    Flat first = Flat.of("AGENT_REGISTERED", "a").with("slots", 2).with("pool", "gpu");

    // when
    rig.post(first, Flat.of("AGENT_REGISTERED", "a").with("slots", 2));
    rig.post(Flat.of("AGENT_REGISTERED", "a")
        .with("slots", 2)
        .with("capabilities", List.of("python"))
        .at(RigDriver.START.plusSeconds(1)));

    // then
    assertThat(told())
        .containsExactly(
            new AgentStanding("a", 2, List.of(), null, null, null, null),
            new AgentStanding("a", 2, List.of("python"), null, null, null, null));
    assertThat(pools()).containsExactly("gpu", "gpu");
  }

  @Test
  void shouldTellWhenAnAgentIsMissingAndWhenItIsBack() {
    // given
    rig.post(
        Flat.of("HEARTBEAT", "a").with("pool", "gpu"),
        Flat.of("AGENT_REGISTERED", "a").with("slots", 3).with("pool", "gpu"));

    // when
    rig.advance(TOO_LONG);
    rig.post(Flat.of("HEARTBEAT", "a").at(rig.now()));

    // then
    long seenMs = RigDriver.START.toEpochMilli();
    assertThat(told().subList(1, 3))
        .containsExactly(
            new AgentStanding("a", 3, List.of(), null, "missing", null, seenMs),
            new AgentStanding("a", 3, List.of(), null, null, null, null));
    assertThat(pools()).containsOnly("gpu");
  }

  @Test
  void shouldTellUntilWhenTheBudgetIsSpent() {
    // given
    rig.post(Flat.usage("a", 400, 100));

    // when
    rig.post(Flat.usage("a", 400, 100), Flat.usage("a", 400, 100));
    rig.post(
        Flat.of("BUDGET_LIMIT_CHANGED", "a").with("window", "hour").with("limitTokens", 9_999));

    // then
    long turnsMs = RigDriver.START.plus(Duration.ofMinutes(30)).toEpochMilli();
    assertThat(told())
        .containsExactly(
            new DispatchRecord.BudgetStanding("a", turnsMs),
            new DispatchRecord.BudgetStanding("a", 0));
  }

  @Test
  void shouldTellThatAnAgentIsStuckAndThatItGetsOnAgain() {
    // given
    for (int i = 0; i < 3; i++) {
      rig.post(Flat.failure("a", "Bash", "input" + i, "same"));
    }

    // when
    rig.post(Flat.call("a", "Read", "i", "o").with("sessionId", "s2"));

    // then
    assertThat(told())
        .containsExactly(
            new AgentStanding("a", 1, List.of(), null, "stuck", null, null),
            new AgentStanding("a", 1, List.of(), null, null, null, null),
            new AgentProgressed("a", null, null));
  }

  @Test
  void shouldTellOfProgressOnceAMinuteWhenToolCallsSucceed() {
    // given
    Flat call = call("1").with("repo", "o/r").with("issueNumber", 7).with("leaseToken", 12);

    // when
    rig.post(call.at(RigDriver.START), call("2").at(RigDriver.START.plusSeconds(59)));
    rig.advance(Duration.ofMinutes(1));
    rig.post(call("3").at(RigDriver.START.plusSeconds(60)));
    rig.post(Flat.failure("a", "Bash", "4", "e").at(RigDriver.START.plusSeconds(200)));

    // then
    assertThat(told())
        .containsExactly(
            new AgentProgressed("a", "o/r#7", 12L), new AgentProgressed("a", null, null));
  }

  @Test
  void shouldTellThatAnAgentGivesUpWhenItSaysSoOfAnIssue() {
    // given
    Flat about = Flat.of("AGENT_STUCK", "a").with("repo", "o/r").with("issueNumber", 7);

    // when
    rig.post(Flat.of("AGENT_STUCK", "a").with("reason", "no idea"));
    rig.post(about.with("reason", "no idea").with("leaseToken", 3));

    // then
    assertThat(told()).containsExactly(new AgentGaveUp("a", "o/r#7", "gave up: no idea", 3L));
  }

  @Test
  void shouldTellNothingWhenAnImportBringsOldLoopsIn() {
    // given
    var old = RigDriver.START.minus(Duration.ofDays(20));

    // when
    for (int i = 0; i < 5; i++) {
      rig.post(Flat.failure("a", "Bash", "input" + i, "same").at(old.plusSeconds(i)));
    }
    rig.post(call("x").at(old.plusSeconds(60)));

    // then
    assertThat(told()).isEmpty();
  }

  private static Flat call(String input) {
    return Flat.call("a", "Read", input, "o" + input);
  }

  private List<DispatchRecord> told() {
    return rig.written(Feed.DISPATCH.topic()).stream()
        .map(TestRecord::value)
        .map(StandingsTest::read)
        .toList();
  }

  private List<String> pools() {
    return rig.written(Feed.DISPATCH.topic()).stream()
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }

  private static DispatchRecord read(byte[] json) {
    try {
      return Handoff.read(json, DispatchRecord.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
