package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.state.Clip;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent says about itself: the latest word counts, in whatever order the words arrive. */
class RegistrationTest {
  private static final Instant START = RigDriver.START;

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
  void shouldHaveOneSlotWhenNothingWasRegistered() {
    // given
    Flat beat = Flat.of("HEARTBEAT", "dev-e");

    // when
    rig.post(beat);

    // then
    assertThat(rig.agent("dev-e").registration()).isEqualTo(Registration.NONE);
    assertThat(rig.agent("dev-e").registration().slots()).isEqualTo(1);
  }

  @Test
  void shouldTakeTheLatestWordWhenAnOlderOneArrivesLate() {
    // given
    rig.post(Flat.of("AGENT_REGISTERED", "dev-e")
        .at(START)
        .with("role", "reviewer")
        .with("slots", 3)
        .with("capabilities", List.of("java", "rust"))
        .with("subscribedEventTypes", List.of("PR_CREATED"))
        .with("allocatedInputTokens", 200_000));

    // when
    rig.post(
        Flat.of("AGENT_REGISTERED", "dev-e").at(START.minusSeconds(1)).with("role", "developer"));

    // then
    Registration said = rig.agent("dev-e").registration();
    assertThat(said.role()).isEqualTo("reviewer");
    assertThat(said.slots()).isEqualTo(3);
    assertThat(said.capabilities()).containsExactly("java", "rust");
    assertThat(said.subscribedEventTypes()).containsExactly("PR_CREATED");
    assertThat(said.allocatedInputTokens()).isEqualTo(200_000);
  }

  @Test
  void shouldForgetWhatIsNotSaidAgainWhenItRegistersAnew() {
    // given
    rig.post(Flat.of("AGENT_REGISTERED", "dev-e")
        .at(START.minusSeconds(1))
        .with("slots", 3)
        .with("capabilities", List.of("java")));

    // when
    rig.post(Flat.of("AGENT_REGISTERED", "dev-e").at(START));

    // then
    assertThat(rig.agent("dev-e").registration().slots()).isEqualTo(1);
    assertThat(rig.agent("dev-e").registration().capabilities()).isEmpty();
  }

  @Test
  void shouldTakeTheLatestHeartbeatWhenAnOlderOneArrivesLate() {
    // given
    rig.post(Flat.of("HEARTBEAT", "dev-e")
        .at(START)
        .with("status", "working")
        .with("activeProvider", "claude")
        .with("currentRepo", "o/r")
        .with("currentIssue", 7));

    // when
    rig.post(Flat.of("HEARTBEAT", "dev-e").at(START.minusMillis(1)).with("status", "idle"));

    // then
    Beat beat = rig.agent("dev-e").beat();
    assertThat(beat.status()).isEqualTo("working");
    assertThat(beat.provider()).isEqualTo("claude");
    assertThat(beat.currentRepo()).isEqualTo("o/r");
    assertThat(beat.currentIssue()).isEqualTo(7);
  }

  @Test
  void shouldKeepStateSmallWhenAnAgentIsTalkative() {
    // given
    List<String> many = Collections.nCopies(256, "x".repeat(199) + "\ud83d\ude00" + "y".repeat(99));

    // when
    rig.post(Flat.of("AGENT_REGISTERED", "dev-e").with("capabilities", many));
    rig.post(Flat.of("HEARTBEAT", "dev-e").with("status", "z".repeat(8_000)));
    rig.restart();

    // then
    assertThat(rig.agent("dev-e").registration().capabilities())
        .hasSize(Clip.TEXTS_MAX)
        .allMatch(text -> text.equals("x".repeat(199)));
    assertThat(rig.agent("dev-e").beat().status()).hasSize(Clip.TEXT_CHARS_MAX);
  }
}
