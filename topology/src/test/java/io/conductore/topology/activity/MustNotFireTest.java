package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.topology.Flat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Healthy work that other detectors called a loop, at any size. Each test names the complaint. */
class MustNotFireTest {
  private static final int LENGTH = 60;

  /** Roo#9502: fifty reads of one pager, each with new text. */
  @Test
  void shouldStaySilentWhenAPagerShowsAnotherPageEachTime() {
    // given
    StuckRun run = new StuckRun();

    // when
    IntStream.range(0, LENGTH)
        .forEach(i -> run.then(Flat.call("dev-e", "read_output", "same", "page " + i)));

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** OpenMonoAgent#47: a status that changes. */
  @Test
  void shouldStaySilentWhenAPolledStatusChanges() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < LENGTH; i++) {
      run.then(Flat.call("dev-e", "Bash", "kubectl get pods", i + " of 60 ready"));
      run.then(sleep());
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** QwenLM#9450, OpenHands#5355: the job runs, so its status does not change. */
  @Test
  void shouldStaySilentWhenAnUnchangedStatusIsPolledBetweenWaits() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(LENGTH, Flat.call("dev-e", "Bash", "tail build.log", "compiling"), sleep());

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  @Test
  void shouldStaySilentWhenABackgroundJobSaysNothingNew() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(LENGTH, Flat.call("dev-e", "BashOutput", "bash_1", "").with("durationMs", 40));

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** The producer knows that a job runs, whatever tool looks at it. */
  @Test
  void shouldStaySilentWhenItsProducerSaysThatACallWaits() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(LENGTH, Flat.call("dev-e", "Bash", "cat log", "building").with("waiting", true));

    // then
    assertThat(run.patternsSeen()).isEmpty();
    assertThat(run.nudgesSeen()).isEmpty();
  }

  @Test
  void shouldStaySilentWhenThePollItselfWaits() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(LENGTH, Flat.call("dev-e", "Bash", "gh run watch", "").with("durationMs", 30_000));

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** gemini-cli#8232: many files, one tool. */
  @Test
  void shouldStaySilentWhenOneToolWorksOnManyFiles() {
    // given
    StuckRun run = new StuckRun();

    // when
    IntStream.range(0, LENGTH)
        .forEach(i -> run.then(Flat.call("dev-e", "Edit", "file " + i, "The file was updated")));

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** gemini-cli#5873: moves print nothing. */
  @Test
  void shouldStaySilentWhenManyFilesAreMoved() {
    // given
    StuckRun run = new StuckRun();

    // when
    IntStream.range(0, LENGTH)
        .forEach(i -> run.then(Flat.call("dev-e", "Bash", "git mv a%d b%d".formatted(i, i), "")));

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  @Test
  void shouldStaySilentWhenTheFailureChangesBetweenEdits() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < LENGTH; i++) {
      run.then(Flat.failure("dev-e", "Bash", "pytest", (LENGTH - i) + " failed"));
      run.then(Flat.call("dev-e", "Edit", "fix " + i, "The file was updated"));
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  @Test
  void shouldStaySilentWhenEachEditIsNewThoughTheFailureStays() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < LENGTH; i++) {
      run.then(Flat.failure("dev-e", "Bash", "pytest", "1 failed"));
      run.then(Flat.call("dev-e", "Edit", "try " + i, "The file was updated"));
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** qwen-code PR 3236: five reads in one turn. */
  @Test
  void shouldStaySilentWhenFiveFilesAreReadInOneTurn() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int turn = 0; turn < LENGTH; turn++) {
      for (int file = 0; file < 4; file++) {
        run.inTurn(Flat.call("dev-e", "Read", turn + " " + file, "text " + turn + file));
      }
      run.then(Flat.call("dev-e", "Read", turn + " 4", "text " + turn + "4"));
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** One refused call takes its siblings with it: the agent has made one attempt and not three. */
  @Test
  void shouldStaySilentWhenCallsOfOneTurnFailAlike() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < 4; i++) {
      run.inTurn(Flat.failure("dev-e", "Bash", "part " + i, "sibling call failed"));
    }
    run.then(Flat.failure("dev-e", "Bash", "part 5", "sibling call failed"));

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** VTCode#680: the same file from another offset. */
  @Test
  void shouldStaySilentWhenOneFileIsReadFromOtherOffsets() {
    // given
    StuckRun run = new StuckRun();

    // when
    IntStream.range(0, LENGTH)
        .forEach(i -> run.then(Flat.call("dev-e", "Read", "a.java offset " + i, "")));

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** gemini-cli#9276: stepping through a program. */
  @Test
  void shouldStaySilentWhenADebuggerSteps() {
    // given
    StuckRun run = new StuckRun();

    // when
    IntStream.range(0, 30)
        .forEach(i -> run.then(Flat.call("dev-e", "gdb", "next", "main.c:" + (100 + i))));

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** OpenHands#5355: sleeping on purpose. */
  @Test
  void shouldStaySilentWhenTheAgentSleeps() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(5, sleep());

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  @Test
  void shouldStaySilentWhenTheSameLookComesBackBetweenNewWork() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < LENGTH; i++) {
      run.then(Flat.call("dev-e", "Bash", "git status", "clean"));
      run.then(Flat.call("dev-e", "Write", "file " + i, "written"));
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  @Test
  void shouldBeHealthyAgainWhenNewWorkFollowsALoop() {
    // given
    StuckRun run = new StuckRun().times(6, Flat.call("dev-e", "Read", "a", "o"));
    assertThat(run.verdicts()).hasSize(1);

    // when
    run.then(Flat.call("dev-e", "Write", "new", "written"));

    // then
    assertThat(run.verdicts()).isEmpty();
  }

  /** Any mix of healthy episodes, in any order. */
  @Test
  void shouldStaySilentWhenHealthyEpisodesAreMixedAtRandom() {
    for (long seed = 0; seed < 1_000; seed++) {
      // given
      Random random = new Random(seed);
      StuckRun run = new StuckRun();

      // when
      for (int i = 0; i < 25; i++) {
        healthy(random, i).forEach(run::then);
      }

      // then
      assertThat(run.patternsSeen()).as("seed=" + seed).isEmpty();
    }
  }

  private static List<Flat> healthy(Random random, int episode) {
    String name = "episode " + episode;
    return switch (random.nextInt(6)) {
      case 0 -> List.of(Flat.call("dev-e", "Read", name, name));
      case 1 ->
        List.of(
            Flat.failure("dev-e", "Bash", "pytest", name + " failed"),
            Flat.call("dev-e", "Edit", name, "updated"));
      case 2 -> List.of(Flat.call("dev-e", "Bash", "tail log", "running"), sleep());
      case 3 ->
        List.of(
            Flat.call("dev-e", "Bash", "git status", "clean"),
            Flat.call("dev-e", "Bash", "git mv " + name, ""));
      case 4 -> List.of(Flat.call("dev-e", "read_output", "same", "page " + episode));
      default -> List.of(Flat.call("dev-e", "BashOutput", "bash_1", ""));
    };
  }

  private static Flat sleep() {
    return Flat.call("dev-e", "Bash", "sleep 60", "").with("durationMs", 60_000);
  }
}
