package io.conductore.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.topology.lifecycle.Assignment;
import io.conductore.topology.lifecycle.IssueState;
import io.conductore.topology.lifecycle.Phase;
import io.conductore.topology.lifecycle.Pull;
import io.conductore.topology.lifecycle.Rounds;
import io.conductore.topology.lifecycle.Rounds.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pass, or every reason why not. */
class MergeGateTest {
  private static final Assignment DEV = new Assignment("dev-e", 1L, 1);

  @Test
  void shouldPassWhenNothingSpeaksAgainstIt() {
    // given
    IssueState good = inReview(12, Outcome.PASSED, Outcome.PASSED, null);

    // when
    MergeGate gate = MergeGate.of(12, List.of(good));

    // then
    assertThat(gate).isEqualTo(new MergeGate(true, "o/r#7", List.of()));
  }

  @Test
  void shouldNameEveryReasonWhenSeveralSpeakAgainstIt() {
    // given
    IssueState bad = inReview(12, Outcome.FAILED, Outcome.PENDING, "auth");

    // when
    MergeGate gate = MergeGate.of(12, List.of(bad));

    // then
    assertThat(gate.pass()).isFalse();
    assertThat(gate.reasons())
        .extracting(MergeGate.Reason::code)
        .containsExactly("review-pending", "ci-failed", "human-gate");
  }

  @Test
  void shouldNotPassWhenThereIsNoIssueOrItHasAnotherPullRequest() {
    // given
    IssueState other = inReview(13, Outcome.PASSED, Outcome.PASSED, null);

    // when
    MergeGate none = MergeGate.of(12, List.of());
    MergeGate replaced = MergeGate.of(12, List.of(other));

    // then
    assertThat(none.reasons())
        .extracting(MergeGate.Reason::code)
        .containsExactly("no-linked-issue");
    assertThat(replaced.reasons())
        .extracting(MergeGate.Reason::code)
        .containsExactly("other-pull-request");
  }

  @Test
  void shouldNotPassWhenItIsMergedAlready() {
    // given
    IssueState good = inReview(12, Outcome.PASSED, Outcome.PASSED, null);
    IssueState merged = with(new Phase.Deploying(DEV, pull(12), null, 0), good.rounds());

    // when
    MergeGate gate = MergeGate.of(12, List.of(merged));

    // then
    assertThat(gate.reasons()).extracting(MergeGate.Reason::code).containsExactly("not-in-review");
  }

  private static IssueState inReview(
      int prNumber, Outcome ci, Outcome review, @Nullable String gate) {
    return with(
        new Phase.InReview(DEV, pull(prNumber)),
        new Rounds(ci, 0, review, 0, gate, null, List.of()));
  }

  private static Pull pull(int number) {
    return new Pull(number, null, null);
  }

  private static IssueState with(Phase phase, Rounds rounds) {
    IssueState any = IssueState.opening("o/r#7");
    return new IssueState(
        "o/r#7", any.tail(), any.brief(), phase, rounds, any.history(), any.times());
  }
}
