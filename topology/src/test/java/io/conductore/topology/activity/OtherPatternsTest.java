package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.ContextCompacted;
import io.conductore.schemas.evidence.Digests;
import io.conductore.topology.Flat;
import io.conductore.topology.stuck.Level;
import io.conductore.topology.stuck.Pattern;
import io.conductore.topology.stuck.StuckRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The patterns beside same call and same error: when they fire, and what excuses. */
class OtherPatternsTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10})
  void shouldFireWhenACycleIsRunThreeTimes(int length) {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < 3 * length; i++) {
      run.then(Flat.call("dev-e", "Read", "file " + i % length, "text " + i % length));
    }

    // then
    assertThat(run.patternsSeen()).contains("cycle");
    assertThat(run.verdicts().getFirst().explanation())
        .contains("the same " + length + " calls", "3 times over");
  }

  @Test
  void shouldStaySilentWhenACycleHasANewResultEachTime() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < 60; i++) {
      run.then(Flat.call("dev-e", "Bash", "step", "line " + i));
      run.then(Flat.call("dev-e", "Bash", "print x", "x = 7"));
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** Seed, pattern 3. */
  @Test
  void shouldFireWhenTheFilesStayAsTheyAreAndNothingSucceeds() {
    // given
    StuckRun run = new StuckRun();
    run.then(Flat.call("dev-e", "Read", "plan", "text").with("repoFileCount", 118));

    // when
    for (int i = 0; i < 10; i++) {
      run.then(Flat.failure("dev-e", "Bash", "try " + i, "error " + i).with("repoFileCount", 118));
    }

    // then
    assertThat(run.patternsSeen()).containsExactly("no-change");
    assertThat(run.calledStuckAfter()).isEqualTo(11);
    assertThat(run.verdicts().getFirst().explanation()).contains("118 files");
  }

  @Test
  void shouldStaySilentWhenTheFilesChangeBetweenFailures() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < 60; i++) {
      run.then(Flat.failure("dev-e", "Bash", "try " + i, "error " + i)
          .with("repoFileCount", 118 + i / 5));
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** A review reads, and leaves the number of files alone. */
  @Test
  void shouldStaySilentWhenAReviewOnlyReads() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < 60; i++) {
      run.then(Flat.call("dev-e", "Read", "file " + i, "text " + i).with("repoFileCount", 118));
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
    assertThat(run.nudgesSeen()).isEmpty();
  }

  /** Seed, pattern 4: in an order that is no cycle, and no call five times. */
  @Test
  void shouldFireWhenRepeatedCommandsPrintNothing() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int which : new int[] {0, 1, 2, 1, 0, 2, 2, 0}) {
      run.then(Flat.call("dev-e", "Bash", "touch " + which, "x").with("outputBytes", 0));
    }

    // then
    assertThat(run.patternsSeen()).containsExactly("no-output");
  }

  @Test
  void shouldStaySilentWhenEachSilentCommandIsNew() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < 60; i++) {
      run.then(Flat.call("dev-e", "Bash", "mkdir " + i, Digests.ofText("")));
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  @Test
  void shouldFireWhenTheSameMessageComesThreeTimesWithoutAction() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(3, message("I will fix it now."));

    // then
    assertThat(run.patternsSeen()).containsExactly("same-message");
    assertThat(run.verdicts().getFirst().evidenceIds()).containsExactly("e-001", "e-002", "e-003");
  }

  @Test
  void shouldStaySilentWhenEachMessageIsFollowedByAnAction() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < 30; i++) {
      run.inTurn(message("Next."));
      run.then(Flat.call("dev-e", "Edit", "file " + i, "The file was updated"));
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
    assertThat(run.nudgesSeen()).isEmpty();
  }

  @Test
  void shouldStaySilentWhenMessagesSayNothingAtAll() {
    // given
    StuckRun run = new StuckRun();

    // when
    run.times(5, message(""));

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  @Test
  void shouldFireWhenTheContextIsCompactedAgainWithoutNewWork() {
    // given
    StuckRun run = new StuckRun();
    Flat read = Flat.call("dev-e", "Read", "big", "text");

    // when
    run.then(read).then(compacted()).then(read).then(compacted()).then(read).then(compacted());

    // then
    assertThat(run.patternsSeen()).containsExactly("compaction");
  }

  /** Telemetry and transcript tell of it a moment apart. */
  @Test
  void shouldStaySilentWhenTwoSourcesTellOfOneCompaction() {
    // given
    SessionState session = SessionState.opening(new SessionKey("dev-e", "s1"));
    List<Integer> moments = List.of(0, 1, 1_000, 1_002);

    // when
    for (int second : moments) {
      AgentActivity event = Derived.envelope(
          "dev-e",
          "at-" + second,
          1_795_429_800_000L + second * 1_000L,
          new ContextCompacted("auto", null, null));
      session = session.apply(event, StuckRules.SEED, null);
    }

    // then
    assertThat(session.alarm().isStuck()).isFalse();
  }

  @Test
  void shouldStaySilentWhenWorkIsDoneBetweenCompactions() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < 30; i++) {
      run.then(Flat.call("dev-e", "Edit", "file " + i, "updated")).then(compacted());
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** Keys in another order, another time and another process are no other work. */
  @Test
  void shouldFireWhenOnlyNoiseTellsCallsApart() throws Exception {
    // given
    StuckRun run = new StuckRun();
    var json = new com.fasterxml.jackson.databind.ObjectMapper();

    // when
    for (int i = 0; i < 5; i++) {
      String input = i % 2 == 0
          ? "{\"command\":\"make\",\"timeout\":9,\"description\":\"try %d\"}".formatted(i)
          : "{\"timeout\":9,\"description\":\"once more %d\",\"command\":\"make\"}".formatted(i);
      String output = "[%d] 10:0%d:11 done in %d.2 s, log in /tmp/tmp.aB3xK9%dqZ1"
          .formatted(40_000 + i, i, i, i);
      run.then(Flat.call(
          "dev-e", "Bash", Digests.ofInput(json.readTree(input)), Digests.ofText(output)));
    }

    // then
    assertThat(run.patternsSeen()).containsExactly("same-tool");
  }

  /** A producer that tells the size of a result and not the arguments accuses nobody. */
  @Test
  void shouldStaySilentWhenTheArgumentsAreNotTold() {
    // given
    StuckRun run = new StuckRun();

    // when
    for (int i = 0; i < 30; i++) {
      run.then(Flat.of("TOOL_CALL", "dev-e")
          .with("sessionId", "s1")
          .with("tool", "Edit")
          .with("outcome", "ok")
          .with("outputBytes", 41)
          .with("durationMs", 12));
    }

    // then
    assertThat(run.patternsSeen()).isEmpty();
  }

  /** Seed, pattern 5: a warning, and never stuck. */
  @Test
  void shouldWarnOnceWhenMoreThanNineTenthsOfTheInputAreUsed() {
    // given
    SessionState session = SessionState.opening(new SessionKey("dev-e", "s1"));
    StuckRun run = new StuckRun();
    run.then(message("a").with("inputTokens", 90_000));
    run.then(message("b").with("inputTokens", 90_001));
    run.then(message("c").with("inputTokens", 140_000));
    int warnings = 0;

    // when
    for (AgentActivity event : run.events()) {
      SessionState next = session.apply(event, StuckRules.SEED, 100_000L);
      warnings += StuckEvents.of(session.alarm(), next.alarm(), event).size();
      session = next;
    }

    // then
    assertThat(warnings).isEqualTo(1);
    assertThat(session.alarm().isStuck()).isFalse();
    assertThat(session.alarm().verdicts()).singleElement().satisfies(verdict -> {
      assertThat(verdict.pattern()).isEqualTo(Pattern.CONTEXT_BURN);
      assertThat(verdict.level()).isEqualTo(Level.NUDGE);
      assertThat(verdict.explanation()).isEqualTo("140 % of 100000 input tokens are used");
    });
  }

  private static Flat message(String text) {
    return Flat.of("TURN_COMPLETED", "dev-e")
        .with("sessionId", "s1")
        .with("messageDigest", Digests.exactly(text));
  }

  private static Flat compacted() {
    return Flat.of("CONTEXT_COMPACTED", "dev-e").with("sessionId", "s1");
  }
}
