package io.conductore.topology.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.lifecycle.LeaseExpired;
import io.conductore.schemas.lifecycle.ReviewAssigned;
import io.conductore.topology.handoff.DispatchRecord.IssueProgressed;
import io.conductore.topology.handoff.DispatchRecord.IssueReleased;
import io.conductore.topology.handoff.DispatchRecord.IssueSettled;
import io.conductore.topology.handoff.DispatchRecord.ReviewSettled;
import io.conductore.topology.handoff.DispatchRecord.ReviewWanted;
import io.conductore.topology.handoff.DispatchRecord.Settlement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who reviews what, and what the author's lease does meanwhile. */
class ReviewRulesTest {
  private static final String ISSUE = "o/r#1";
  private static final String REVIEW = "o/r#1!7";
  private static final ReviewWanted FIRST = new ReviewWanted(ISSUE, 7, "a", 1);

  private final PoolRun run = new PoolRun();

  @BeforeEach
  void work() {
    run.send(Facts.ready(ISSUE, "normal", 1));
    run.work("a");
    run.send(new IssueProgressed(ISSUE, "a", true));
  }

  @Test
  void shouldGiveAReviewToOneOtherAgentWhileTheAuthorStillHasTheIssue() {
    // given
    run.send(FIRST);

    // when
    List<String> got = List.of(run.reviewOf("a"), run.reviewOf("b"), run.reviewOf("c"));

    // then
    assertThat(got).containsExactly("own-work", REVIEW, "queue-empty");
    assertThat(((ReviewAssigned) run.events().getLast().getPayload()).getPrNumber())
        .isEqualTo(7);
    assertThat(run.desk("b").reviews()).containsExactly(REVIEW);
    assertThat(run.lease(ISSUE).agentId()).isEqualTo("a");
  }

  @Test
  void shouldGiveNoReviewToAnAgentThatHeldTheIssueBefore() {
    // given
    run.send(new IssueReleased(ISSUE, "a", "back", false, null));
    run.work("b");

    // when
    run.send(new ReviewWanted(ISSUE, 7, null, 1));

    // then
    assertThat(List.of(run.reviewOf("a"), run.reviewOf("b"), run.reviewOf("c")))
        .containsExactly("own-work", "own-work", REVIEW);
  }

  @Test
  void shouldGiveNoReviewToWhoeverTookOverTheIssueSince() {
    // given
    run.send(FIRST, new IssueReleased(ISSUE, "a", "back", false, null));

    // when
    run.work("b");

    // then
    assertThat(run.reviewOf("b")).isEqualTo("own-work");
  }

  @Test
  void shouldOpenTheNextRoundToAnybodyWhenItIsWanted() {
    // given
    run.send(FIRST);
    run.review("b");

    // when
    run.send(new ReviewWanted(ISSUE, 7, "a", 2));

    // then
    assertThat(run.desk("b").reviews()).isEmpty();
    ClaimOutcome.ReviewAssigned again = (ClaimOutcome.ReviewAssigned) run.review("b");
    assertThat(again.round()).isEqualTo(2);
  }

  @Test
  void shouldCountReviewsApartFromWorkWhenAnAgentHasBoth() {
    // given
    run.send(FIRST, Facts.ready("o/r#2", "normal", 2), new ReviewWanted("o/r#3", 8, null, 1));

    // when
    List<String> got = List.of(run.workOf("b"), run.reviewOf("b"), run.reviewOf("b"));

    // then
    assertThat(got).containsExactly("o/r#2", REVIEW, "at-capacity");
  }

  @Test
  void shouldPutAReviewBackWhenItsReviewerMakesNoProgress() {
    // given
    run.send(FIRST);
    run.review("b");

    // when
    run.tickAfter(Lease.LEASE_MAX);

    // then
    assertThat(run.said().getLast()).isEqualTo("LEASE_EXPIRED o/r#1 b");
    assertThat(run.lease(ISSUE)).as("the author's").isNotNull();
    assertThat(run.reviewOf("c")).isEqualTo(REVIEW);
  }

  @Test
  void shouldNotRunOutTheAuthorsLeaseWhileOthersHaveThePullRequest() {
    // given
    run.send(FIRST, Facts.refused("a", "missing"));

    // when
    run.tickAfter(Duration.ofDays(1));
    run.send(new ReviewSettled(ISSUE, 7, true));
    run.tickAfter(Duration.ofDays(1));

    // then
    assertThat(run.lease(ISSUE)).isNotNull();
    run.tickAfter(Lease.PARKED_MAX);
    assertThat(run.lease(ISSUE)).isNull();
    assertThat(((LeaseExpired) run.events().getLast().getPayload()).getReason())
        .isEqualTo(LeaseRules.PARKED);
  }

  @Test
  void shouldGiveTheAuthorHisTimeAgainWhenTheRoundWasNotPassed() {
    // given
    run.send(FIRST).later(Duration.ofHours(5)).send(new ReviewSettled(ISSUE, 7, false));

    // when
    run.tickAfter(Lease.LEASE_MAX.minusMillis(1));
    boolean held = run.lease(ISSUE) != null;
    run.tickAfter(Duration.ofMillis(1));

    // then
    assertThat(held).isTrue();
    assertThat(run.lease(ISSUE)).isNull();
  }

  @Test
  void shouldEndEverythingWhenTheIssueIsMerged() {
    // given
    run.send(FIRST);
    run.review("b");

    // when
    run.send(new IssueSettled(ISSUE, Settlement.MERGED));

    // then
    assertThat(run.desk("a").issues()).isEmpty();
    assertThat(run.desk("b").reviews()).isEmpty();
    assertThat(List.of(run.workOf("c"), run.reviewOf("d")))
        .containsExactly("queue-empty", "queue-empty");
  }
}
