package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.topology.Flat;
import io.conductore.topology.stuck.Pattern;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Loops that users of other detectors complained were missed, as far as calls and errors show them.
 * Each test names the complaint.
 */
class MustFireTest {

  /** claude-code#15909: hundreds of identical installs. */
  @Test
  void shouldFireWhenTheSameInstallFailsFourTimes() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(4, Flat.failure("dev-e", "Bash", "npm install", "ERESOLVE"));

    // then
    assertThat(run.patternsSeen()).containsExactly("same-error");
    assertThat(run.calledStuckAfter()).isEqualTo(3);
    assertThat(run.verdicts().getFirst().evidenceIds())
        .isEqualTo(List.of("e-001", "e-002", "e-003", "e-004"));
  }

  /** goose PR 8994: the error stays, the arguments vary. */
  @Test
  void shouldFireWhenTheErrorStaysAndTheArgumentsVary() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < 3; i++) {
      run.then(Flat.failure("dev-e", "Bash", "attempt " + i, "permission denied"));
    }

    // then
    assertThat(run.patternsSeen()).containsExactly("same-error");
  }

  /** OpenHands#15087: another thought each time made equal calls unequal. */
  @Test
  void shouldFireWhenTheThoughtVariesAndTheCallStays() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < 5; i++) {
      run.then(read("a.txt", "o").with("thought", "now I will look, for the time " + i));
    }

    // then
    assertThat(run.patternsSeen()).containsExactly("same-tool");
    assertThat(run.calledStuckAfter()).isEqualTo(5);
  }

  /** opencode PR 47845: two calls in turn were never equal to the one before. */
  @Test
  void shouldFireWhenTwoCallsAlternateThreeTimes() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(3, read("a", "o"), read("b", "p"));

    // then
    assertThat(run.patternsSeen()).containsExactly("cycle");
    assertThat(run.calledStuckAfter()).isEqualTo(6);
    assertThat(run.verdicts().getFirst().evidenceIds()).hasSize(6);
  }

  @Test
  void shouldFireWhenThreeCallsAlternateThreeTimes() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(3, read("a", "o"), Flat.failure("dev-e", "Bash", "t", "e"), read("c", "q"));

    // then
    assertThat(run.patternsSeen()).containsExactly("cycle");
  }

  /** opencode#50073: each message had one call only. */
  @Test
  void shouldFireWhenTheSameCallIsSpreadOverTurns() {
    // given
    StuckRun run = new StuckRun();
    Flat failing = Flat.failure("dev-e", "Bash", "other", "another error");

    // when
    for (int i = 0; i < 8; i++) {
      run.then(read("a", "o"));
      run.then(i % 2 == 0 ? failing : read("b", "p"));
    }

    // then
    assertThat(run.patternsSeen()).contains("same-tool");
  }

  /** openclaw#75355: the time in the output made each result a new one. */
  @Test
  void shouldFireWhenErrorsDifferOnlyInTimesAndProcesses() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 1; i <= 3; i++) {
      run.then(Flat.of("TOOL_CALL", "dev-e")
          .with("sessionId", "s1")
          .with("tool", "Bash")
          .with("outcome", "error")
          .with(
              "errorText",
              "2026-11-23T10:0%d:07.1%dZ [4%d11] pid 77%d: gave up after 1.%d s at 10:0%d:09"
                  .formatted(i, i, i, i, i, i)));
    }

    // then
    assertThat(run.patternsSeen()).containsExactly("same-error");
  }

  /** agenc#78: every write succeeded and changed nothing. */
  @Test
  void shouldFireWhenTheSameWriteSucceedsAgainAndAgain() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(5, Flat.call("dev-e", "Write", "same file, same text", "written"));

    // then
    assertThat(run.patternsSeen()).containsExactly("same-tool");
  }

  /** openclaw#67399: the blocked call was tried 754 times. */
  @Test
  void shouldFireWhenABlockedCallIsTriedAgain() {
    // given
    StuckRun run = new StuckRun();
    for (int i = 0; i < 12; i++) {
      run.then(read("file " + i, "o"));
    }

    // when
    for (int i = 0; i < 3; i++) {
      run.then(Flat.of("GUARD_BLOCKED", "dev-e")
          .with("sessionId", "s1")
          .with("rule", "force-push")
          .with("reason", "pushes over others' work")
          .with("command", "git push --force " + i));
    }

    // then
    assertThat(run.patternsSeen()).containsExactly("same-error");
    assertThat(run.verdicts().getFirst().explanation()).contains("force-push");
  }

  @Test
  void shouldFireWhenADenialIsReportedAsAnError() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(3, Flat.failure("dev-e", "Bash", "rm -rf /", "denied by policy"));

    // then
    assertThat(run.patternsSeen()).containsExactly("same-error");
  }

  /** A slow step between two equal failures is part of the loop. */
  @Test
  void shouldFireWhenASlowBuildAndTheSameFailureAlternate() {
    // given
    StuckRun run = new StuckRun();
    Flat build = Flat.call("dev-e", "Bash", "mvn package", "ok").with("durationMs", 45_000);

    // when
    run.times(3, build, Flat.failure("dev-e", "Bash", "run", "port in use"));

    // then
    assertThat(run.patternsSeen()).containsExactly("same-error");
  }

  /** The seed's exit test: the same tool ten times. */
  @Test
  void shouldKeepTheVerdictWhenTheLoopGoesOn() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(60, read("a", "o"));

    // then
    assertThat(run.verdicts()).singleElement().satisfies(verdict -> {
      assertThat(verdict.pattern()).isEqualTo(Pattern.SAME_TOOL);
      assertThat(verdict.evidenceIds()).hasSize(10).endsWith("e-060");
      assertThat(verdict.explanation())
          .isEqualTo("Read was called 10 times with equal input and result");
    });
  }

  private static Flat read(String input, String output) {
    return Flat.call("dev-e", "Read", input, output);
  }
}
