package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Feed;
import io.conductore.schemas.Topics;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Window;
import io.conductore.topology.escalation.Escalation;
import io.conductore.topology.escalation.Severity;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.state.StoreNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of an agent calls a person, and what ends the call. */
class AnnouncementsTest {
  private static final Instant START = RigDriver.START;
  private static final Duration TOO_LONG = Liveness.SILENCE_MAX.plus(ActivityStage.SILENCE_LOOK);

  @TempDir
  Path folder;

  private RigDriver rig;

  @BeforeEach
  void open() {
    BudgetLimits limits = new BudgetLimits(Map.of(Window.HOUR, new Limit(1_000L, null)), Map.of());
    rig = RigDriver.in(folder, RigDriver.Settings.DEFAULT.limits(limits));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldCallOnceForASilenceAndCloseWhenTheAgentIsBack() {
    // given
    rig.post(Flat.of("HEARTBEAT", "dev-e").at(START));

    // when
    rig.advance(TOO_LONG);
    rig.advance(TOO_LONG);
    rig.restart();
    rig.advance(TOO_LONG);
    rig.post(Flat.of("HEARTBEAT", "dev-e").at(rig.now()));

    // then
    assertThat(causes()).containsExactly("raised silence", "cleared silence");
    assertThat(rig.written(Topics.ESCALATIONS)).hasSize(2);
  }

  @Test
  void shouldCallNobodyForHeartbeatsWhenThereAreMany() {
    // when
    for (int i = 0; i < 200; i++) {
      rig.post(Flat.of("HEARTBEAT", "dev-" + i % 20).at(START.plusSeconds(i)));
    }

    // then
    assertThat(rig.written(Feed.CAUSES.topic())).isEmpty();
    assertThat(rig.written(Feed.INBOX.topic())).isEmpty();
  }

  @Test
  void shouldCallWhenASessionLoopsAndCloseWhenItMoves() {
    // given
    for (int i = 0; i < 5; i++) {
      rig.post(Flat.call("dev-e", "Read", "same", "same").at(START.plusSeconds(i)));
    }

    // when
    for (int i = 5; i < 20; i++) {
      rig.post(Flat.call("dev-e", "Write", "in" + i, "out" + i).at(START.plusSeconds(i)));
    }

    // then
    assertThat(causes()).containsExactly("raised stuck", "cleared stuck");
  }

  @Test
  void shouldCallWhenAnAgentSaysItselfThatItIsStuck() {
    // when
    rig.post(Flat.of("AGENT_STUCK", "dev-e").at(START).with("reason", "no idea"));

    // then
    assertThat(causes()).containsExactly("raised stuck");
  }

  @Test
  void shouldCallWhenABudgetIsSpentAndCloseWhenTheLimitIsGone() {
    // when
    rig.post(Flat.usage("dev-e", 2_000, 1).at(START));
    rig.admission(new AdmissionRecord.LimitsSet(BudgetLimits.NONE));

    // then
    assertThat(causes()).containsExactly("raised budget-exceeded", "cleared budget-exceeded");
  }

  @Test
  void shouldCallForAGuardStormOnceInAnyOrderOfArrival() {
    for (long seed = 0; seed < 20; seed++) {
      // given
      String agent = "dev-" + seed;
      List<Integer> order = new java.util.ArrayList<>(
          java.util.stream.IntStream.range(0, GuardBlocks.STORM_BLOCKS).boxed().toList());
      Collections.shuffle(order, new Random(seed));

      // when
      order.forEach(i -> rig.post(blocked(agent, START.minusSeconds(60L * i))));
      rig.post(blocked(agent, START));

      // then
      assertThat(storms()).as("seed=" + seed).isEqualTo(seed + 1);
    }
  }

  @Test
  void shouldCallNobodyWhenBlocksAreSpreadOutOrLongAgo() {
    // when
    for (int i = 0; i < 30; i++) {
      rig.post(blocked("slow", START.minusSeconds(70L * i)));
      rig.post(blocked("past", START.minus(Duration.ofDays(2)).plusSeconds(i)));
    }

    // then
    assertThat(storms()).isZero();
  }

  @Test
  void shouldCallForAHookThatFailedOpenWithItsNameAndOnceForEachTelling() {
    // given
    Flat failed = Flat.of("GUARD_FAILED_OPEN", "dev-e")
        .id("one")
        .at(START)
        .with("hook", "PreToolUse:Bash")
        .with("failures", 1);

    // when
    rig.post(failed, failed);
    rig.post(Flat.of("GUARD_FAILED_OPEN", "old").at(START.minus(Duration.ofDays(2))));

    // then
    assertThat(causes()).containsExactly("raised guard-failed-open");
    assertThat(rig.<String, Escalation>all(StoreNames.ESCALATIONS).values())
        .singleElement()
        .satisfies(open -> {
          assertThat(open.severity()).isEqualTo(Severity.P1);
          assertThat(open.summary()).contains("the hook PreToolUse:Bash of dev-e failed");
          assertThat(open.evidence()).containsExactly("one");
        });
  }

  private long storms() {
    return causes().stream().filter("raised guard-storm"::equals).count();
  }

  private static Flat blocked(String agentId, Instant at) {
    return Flat.of("GUARD_BLOCKED", agentId).at(at).with("rule", "sudo");
  }

  /** Such as "raised stuck", what is due left out. */
  private List<String> causes() {
    return rig.written(Feed.CAUSES.topic()).stream()
        .map(record -> read(record.value()))
        .map(record -> switch (record) {
          case CauseRecord.Raised raised -> "raised " + raised.cause();
          case CauseRecord.Cleared cleared -> "cleared " + cleared.cause();
          default -> "other";
        })
        .filter(word -> !word.equals("other"))
        .toList();
  }

  private static CauseRecord read(byte[] value) {
    try {
      return Handoff.read(value, CauseRecord.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
