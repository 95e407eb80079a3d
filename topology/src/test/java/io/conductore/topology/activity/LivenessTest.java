package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentRecovered;
import io.conductore.schemas.activity.HeartbeatMissed;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who lives, who makes progress, and who fell silent. */
class LivenessTest {
  private static final Instant START = RigDriver.START;
  private static final Duration TOO_LONG = Liveness.SILENCE_MAX.plus(ActivityStage.SILENCE_LOOK);

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
  void shouldNotCallItProgressWhenAnAgentOnlyBeats() {
    // given
    rig.post(Flat.call("dev-e", "Write", "i", "o").at(START.minusSeconds(60)));

    // when
    rig.post(Flat.of("HEARTBEAT", "dev-e").at(START));
    rig.post(Flat.failure("dev-e", "Bash", "i", "e").at(START.minusSeconds(10)));

    // then
    Liveness liveness = rig.agent("dev-e").liveness();
    assertThat(at(liveness.firstSeenMs())).isEqualTo(START.minusSeconds(60));
    assertThat(at(liveness.lastSeenMs())).isEqualTo(START);
    assertThat(at(liveness.lastHeartbeatMs())).isEqualTo(START);
    assertThat(at(liveness.lastProgressMs())).isEqualTo(START.minusSeconds(60));
  }

  @Test
  void shouldCallItProgressWhenSomethingWasDone() {
    // given
    Flat write = Flat.of("MEMORY_WRITE", "a").at(START.minusSeconds(3));
    Flat golden = Flat.of("GOLDEN_TASK_COMPLETED", "b").at(START.minusSeconds(2));
    Flat turn = Flat.of("TURN_COMPLETED", "c").at(START.minusSeconds(1));

    // when
    rig.post(write, golden, turn);

    // then
    assertThat(at(rig.agent("a").liveness().lastProgressMs())).isEqualTo(START.minusSeconds(3));
    assertThat(at(rig.agent("b").liveness().lastProgressMs())).isEqualTo(START.minusSeconds(2));
    assertThat(rig.agent("c").liveness().lastProgressMs()).isZero();
  }

  @Test
  void shouldMissAnAgentOnceWhenItFallsSilent() {
    // given
    rig.post(Flat.of("HEARTBEAT", "dev-e"));

    // when
    rig.advance(TOO_LONG);
    rig.advance(TOO_LONG);
    rig.advance(TOO_LONG);

    // then
    assertThat(rig.derived()).singleElement().satisfies(event -> {
      assertThat(event.getType()).isEqualTo("HEARTBEAT_MISSED");
      assertThat(event.getStreamId()).isEqualTo("dev-e");
      assertThat(event.getSource()).isEqualTo(AgentState.DERIVED_SOURCE);
      HeartbeatMissed missed = (HeartbeatMissed) event.getPayload();
      assertThat(at(missed.getLastSeenMs())).isEqualTo(START);
      assertThat(missed.getSilentForMs()).isEqualTo(TOO_LONG.toMillis());
    });
    assertThat(rig.agent("dev-e").liveness().isMissing()).isTrue();
    assertThat(at(rig.agent("dev-e").liveness().lastSeenMs()))
        .as("our own event is no sign of life")
        .isEqualTo(START);
  }

  @Test
  void shouldNotMissAnAgentWhenTheSilenceIsNotOver() {
    // given
    rig.post(Flat.of("HEARTBEAT", "dev-e"));

    // when
    rig.advance(Liveness.SILENCE_MAX);

    // then
    assertThat(rig.derived()).isEmpty();
  }

  @Test
  void shouldNotMissAnAgentWhenItNeverSentAHeartbeat() {
    // given
    rig.post(Flat.usage("importer", 1, 1), Flat.call("importer", "Read", "i", "o"));

    // when
    rig.advance(Duration.ofDays(1));

    // then
    assertThat(rig.derived()).isEmpty();
  }

  @Test
  void shouldNotMissAnAgentWhenItDoesOtherThingsInstead() {
    // given
    rig.post(Flat.of("HEARTBEAT", "dev-e"));

    // when
    for (int minute = 0; minute < 20; minute++) {
      rig.advance(Duration.ofMinutes(1));
      rig.post(Flat.call("dev-e", "Read", "i" + minute, "o"));
    }

    // then
    assertThat(rig.derived()).isEmpty();
  }

  @Test
  void shouldSayThatAnAgentIsBackWhenItIsHeardAgain() {
    // given
    rig.post(Flat.of("HEARTBEAT", "dev-e"));
    rig.advance(TOO_LONG);

    // when
    rig.post(Flat.of("HEARTBEAT", "dev-e").id("back"));

    // then
    assertThat(rig.derivedTypes()).containsExactly("HEARTBEAT_MISSED", "AGENT_RECOVERED");
    AgentActivity event = rig.derived().getLast();
    assertThat(event.getCausationId()).isEqualTo("back");
    assertThat(event.getDepth()).isEqualTo(1);
    AgentRecovered recovered = (AgentRecovered) event.getPayload();
    assertThat(at(recovered.getLastSeenMs())).isEqualTo(START);
    assertThat(recovered.getSilentForMs()).isEqualTo(TOO_LONG.toMillis());
    assertThat(rig.agent("dev-e").liveness().isMissing()).isFalse();
  }

  @Test
  void shouldMissAnAgentAgainWhenItFallsSilentAgain() {
    // given
    rig.post(Flat.of("HEARTBEAT", "dev-e"));
    rig.advance(TOO_LONG);
    rig.post(Flat.of("HEARTBEAT", "dev-e"));

    // when
    rig.advance(TOO_LONG);
    rig.post(Flat.of("HEARTBEAT", "dev-e"));

    // then
    assertThat(rig.derivedTypes())
        .containsExactly(
            "HEARTBEAT_MISSED", "AGENT_RECOVERED", "HEARTBEAT_MISSED", "AGENT_RECOVERED");
  }

  @Test
  void shouldNotMissAnAgentTwiceWhenTheApplicationRestarts() {
    // given
    rig.post(Flat.of("HEARTBEAT", "dev-e"), Flat.of("HEARTBEAT", "dev-f"));
    rig.advance(TOO_LONG);
    rig.post(Flat.of("HEARTBEAT", "dev-f"));

    // when
    rig.restart();
    rig.advance(TOO_LONG);

    // then
    assertThat(rig.derived())
        .extracting(event -> event.getStreamId() + " " + event.getType())
        .containsExactlyInAnyOrder(
            "dev-e HEARTBEAT_MISSED",
            "dev-f HEARTBEAT_MISSED",
            "dev-f AGENT_RECOVERED",
            "dev-f HEARTBEAT_MISSED");
  }

  @Test
  void shouldListTheInstancesWhenAnAgentRunsSeveral() {
    // given
    Instant earlier = START.minusSeconds(30);

    // when
    rig.post(Flat.of("HEARTBEAT", "dev-e-node/abc12").at(START));
    rig.post(Flat.of("HEARTBEAT", "dev-e-node/def34").at(earlier));
    rig.post(Flat.of("HEARTBEAT", "dev-e-node/abc12").at(earlier));
    rig.post(Flat.of("HEARTBEAT", "dev-e-node"));

    // then
    assertThat(rig.agent("dev-e-node").liveness().instances())
        .containsExactlyInAnyOrderEntriesOf(
            java.util.Map.of("abc12", START.toEpochMilli(), "def34", earlier.toEpochMilli()));
    assertThat(rig.agent("dev-e-node").ordinal()).isEqualTo(4);
  }

  @Test
  void shouldKeepTheNewestInstancesWhenThereAreTooMany() {
    // given
    Liveness liveness = Liveness.UNSEEN;

    // when
    for (int i = 0; i < 2 * Liveness.INSTANCES_KEPT; i++) {
      Flat beat = Flat.of("HEARTBEAT", "dev-e/pod-%02d".formatted(i)).at(START.plusSeconds(i));
      liveness = liveness.apply((AgentActivity) rig.read(beat).envelope());
    }

    // then
    assertThat(liveness.instances())
        .hasSize(Liveness.INSTANCES_KEPT)
        .containsKey("pod-63")
        .containsKey("pod-32")
        .doesNotContainKey("pod-31");
  }

  @Test
  void shouldNotCallItASignOfLifeWhenSomebodyChangesALimit() {
    // given
    rig.post(Flat.of("HEARTBEAT", "dev-e"));
    rig.advance(TOO_LONG);

    // when
    rig.post(Flat.of("BUDGET_LIMIT_CHANGED", "dev-e").with("window", "day").with("limitTokens", 5));

    // then
    assertThat(rig.agent("dev-e").liveness().isMissing()).isTrue();
    assertThat(rig.derivedTypes()).isEqualTo(List.of("HEARTBEAT_MISSED"));
  }

  private static Instant at(long epochMs) {
    return Instant.ofEpochMilli(epochMs);
  }
}
