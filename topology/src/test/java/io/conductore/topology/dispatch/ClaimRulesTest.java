package io.conductore.topology.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.topology.handoff.DispatchRecord.AgentStanding;
import io.conductore.topology.handoff.DispatchRecord.IssueSettled;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.conductore.topology.handoff.DispatchRecord.Settlement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets what, in which order, and why not. */
class ClaimRulesTest {
  private final PoolRun run = new PoolRun();

  @Test
  void shouldHandOutByPriorityThenAgeThenNameWhenSeveralWait() {
    // given
    run.send(
        Facts.ready("o/r#9", "low", 1),
        Facts.ready("o/r#2", "normal", 7),
        Facts.ready("o/r#1", "normal", 7),
        Facts.ready("o/r#3", "normal", 6),
        Facts.ready("o/r#4", "high", 9),
        Facts.ready("o/r#5", "critical", 99),
        Facts.ready("o/r#6", "misspelt", 8));

    // when
    List<String> order = List.of("a", "b", "c", "d", "e", "f", "g", "h").stream()
        .map(run::workOf)
        .toList();

    // then
    assertThat(order)
        .containsExactly(
            "o/r#5", "o/r#4", "o/r#3", "o/r#1", "o/r#2", "o/r#6", "o/r#9", "queue-empty");
  }

  @Test
  void shouldGiveTheSameAnswerWhenAClaimIsRepeated() {
    // given
    run.send(Facts.ready("o/r#1", "normal", 1), Facts.ready("o/r#2", "normal", 2));
    ClaimOutcome first = run.claim("c", "a", Kind.WORK);
    List<String> before = run.bytes();

    // when
    ClaimOutcome again = run.claim("c", "a", Kind.WORK);
    ClaimOutcome byAnother = run.claim("c", "b", Kind.REVIEW);

    // then
    assertThat(again).isEqualTo(first).isEqualTo(byAnother);
    assertThat(run.bytes()).isEqualTo(before);
    assertThat(run.events()).hasSize(1);
  }

  @Test
  void shouldGiveWorkToAClaimThatWasRefusedBeforeAndKeepThat() {
    // given
    ClaimOutcome refused = run.claim("c", "a", Kind.WORK);
    run.send(Facts.ready("o/r#1", "normal", 1), Facts.ready("o/r#2", "normal", 2));

    // when
    ClaimOutcome given = run.claim("c", "a", Kind.WORK);
    ClaimOutcome again = run.claim("c", "a", Kind.WORK);

    // then
    assertThat(refused).isInstanceOf(ClaimOutcome.Refused.class);
    assertThat(given).isInstanceOf(ClaimOutcome.Assigned.class).isEqualTo(again);
  }

  @Test
  void shouldHoldAnIssueBackWhenItDependsOnOthers() {
    // given
    run.send(Facts.readyAfter("o/r#3", "o/r#1", "o/r#2"), Facts.ready("o/r#1", "low", 1));

    // when
    String first = run.workOf("a");
    String blocked = run.workOf("b");
    run.send(new IssueSettled("o/r#1", Settlement.MERGED));
    String stillBlocked = run.workOf("b");
    run.send(new IssueSettled("o/r#2", Settlement.FAILED));
    String failedIsNotMerged = run.workOf("b");
    run.restart();
    run.send(new IssueSettled("o/r#2", Settlement.DONE));

    // then
    assertThat(List.of(first, blocked, stillBlocked, failedIsNotMerged))
        .containsExactly("o/r#1", "blocked", "blocked", "blocked");
    assertThat(run.workOf("b")).isEqualTo("o/r#3");
  }

  @Test
  void shouldNotHoldAnIssueBackWhenWhatItDependsOnWasMergedBefore() {
    // given
    run.send(new IssueSettled("o/r#1", Settlement.MERGED));

    // when
    run.send(Facts.readyAfter("o/r#2", "o/r#1", "o/r#2"));

    // then
    assertThat(run.workOf("a")).isEqualTo("o/r#2");
  }

  @Test
  void shouldMatchCapabilitiesWhenLabelsAskForThem() {
    // given
    run.send(
        Facts.readyFor("o/r#1", "bug", "requires-python", "requires-gpu"),
        Facts.readyFor("o/r#2", "requires-python"),
        Facts.registered("py", 1, "python"),
        Facts.registered("both", 2, "requires-python", "gpu"));

    // when
    String none = run.workOf("anybody");
    String python = run.workOf("py");
    String both = run.workOf("both");

    // then
    assertThat(List.of(none, python, both)).containsExactly("no-match", "o/r#2", "o/r#1");
  }

  @Test
  void shouldCountSlotsUntilTheIssueIsSettledWhenAnAgentClaimsMore() {
    // given
    run.send(
        Facts.ready("o/r#1", "normal", 1),
        Facts.ready("o/r#2", "normal", 2),
        Facts.ready("o/r#3", "normal", 3),
        Facts.registered("two", 2));

    // when
    List<String> got = List.of(run.workOf("two"), run.workOf("two"), run.workOf("two"));
    run.send(new IssueSettled("o/r#1", Settlement.MERGED));

    // then
    assertThat(got).containsExactly("o/r#1", "o/r#2", "at-capacity");
    assertThat(run.workOf("two")).isEqualTo("o/r#3");
    assertThat(run.desk("two").issues()).containsExactly("o/r#2", "o/r#3");
  }

  @Test
  void shouldRefuseWhenTheAgentMayNotWork() {
    // given
    run.send(Facts.ready("o/r#1", "normal", 1));
    long untilMs = run.nowMs() + 60_000;

    // when
    run.send(Facts.refused("a", "stuck"), Facts.refused("b", "missing"));
    run.send(new AgentStanding("c", 1, List.of(), null, "budget-spent", untilMs, null));
    List<String> refused = List.of(run.workOf("a"), run.workOf("b"), run.workOf("c"));
    run.later(Duration.ofMinutes(1));

    // then
    assertThat(refused).containsExactly("stuck", "missing", "budget-spent");
    assertThat(run.workOf("c")).as("the window has turned").isEqualTo("o/r#1");
  }

  @Test
  void shouldForgetClaimsWhenTheyAreOld() {
    // given
    run.work("a");
    run.work("b");
    run.work("c");

    // when
    run.later(Dispatch.CLAIM_KEPT).tickAfter(Duration.ofMillis(1));

    // then
    assertThat(run.tables().claims().get(new PoolKey(PoolRun.POOL, "claim-1"))).isNull();
    assertThat(run.tables().claims().get(new PoolKey(PoolRun.POOL, "claim-2"))).isNull();
    assertThat(run.tables().claims().get(new PoolKey(PoolRun.POOL, "claim-3"))).isNotNull();
  }
}
