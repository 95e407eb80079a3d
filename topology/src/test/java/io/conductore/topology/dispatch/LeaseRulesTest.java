package io.conductore.topology.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.lifecycle.Escalated;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.schemas.lifecycle.LeaseExpired;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.DispatchRecord.AgentGaveUp;
import io.conductore.topology.handoff.DispatchRecord.AgentProgressed;
import io.conductore.topology.handoff.DispatchRecord.IssueProgressed;
import io.conductore.topology.handoff.DispatchRecord.IssueReleased;
import io.conductore.topology.handoff.DispatchRecord.IssueTaken;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long an agent may keep what it has. */
class LeaseRulesTest {
  private static final String ISSUE = "o/r#1";
  private static final Duration JUST = Duration.ofMillis(1);
  private static final IssueProgressed STARTED = new IssueProgressed(ISSUE, "a", true);

  private final PoolRun run = new PoolRun();

  @BeforeEach
  void approve() {
    run.send(Facts.ready(ISSUE, "normal", 1));
  }

  @Test
  void shouldTakeAnIssueBackWithoutAStrikeWhenWorkDoesNotBegin() {
    // given
    long token = run.work("a").leaseToken();

    // when
    run.tickAfter(Lease.START_MAX.minus(JUST));
    boolean held = run.lease(ISSUE) != null;
    run.tickAfter(JUST);

    // then
    assertThat(held).isTrue();
    assertThat(run.lease(ISSUE)).isNull();
    assertThat(run.desk("a").issues()).isEmpty();
    IssueLifecycle expired = run.events().getLast();
    assertThat(expired.getLeaseToken()).isEqualTo(token);
    assertThat(expired.getCausationId()).isEqualTo(run.events().getFirst().getEventId());
    assertThat(((LeaseExpired) expired.getPayload()).getReason()).isEqualTo(LeaseRules.NOT_STARTED);
    ClaimOutcome.Assigned next = (ClaimOutcome.Assigned) run.work("b");
    assertThat(next.attempt()).isEqualTo(2);
    assertThat(next.leaseToken()).isGreaterThan(token);
    assertThat(run.tables().issues().get(new PoolKey(PoolRun.POOL, ISSUE)).strikes())
        .isZero();
  }

  @Test
  void shouldKeepItsAgeWhenAnIssueComesBack() {
    // given
    run.work("a");
    run.send(Facts.ready("o/r#2", "normal", 2));

    // when
    run.tickAfter(Lease.START_MAX);

    // then
    assertThat(run.workOf("b")).isEqualTo(ISSUE);
  }

  @Test
  void shouldRenewALeaseWhenThereIsProgressOfItsHolder() {
    // given
    long token = run.work("a").leaseToken();
    run.send(STARTED);

    // when
    run.later(Lease.LEASE_MAX.minus(JUST)).send(new AgentProgressed("a", null, null));
    run.later(Lease.LEASE_MAX.minus(JUST)).send(new AgentProgressed("a", ISSUE, token));
    run.later(Lease.LEASE_MAX.minus(JUST)).send(new IssueProgressed(ISSUE, "a", false));
    boolean held = run.lease(ISSUE) != null;
    run.later(Lease.LEASE_MAX.minus(JUST))
        .send(
            new AgentProgressed("a", ISSUE, token + 1),
            new AgentProgressed("b", ISSUE, null),
            new IssueProgressed(ISSUE, "b", true));
    run.tickAfter(JUST);

    // then
    assertThat(held).isTrue();
    assertThat(run.lease(ISSUE)).as("progress of others and of old assignments").isNull();
  }

  @Test
  void shouldTakeAnIssueBackWhenItsAgentStaysMissing() {
    // given
    run.work("a");
    run.send(STARTED, Facts.refused("a", "missing"));

    // when
    run.tickAfter(Lease.MISSING_MAX.minus(JUST));
    boolean held = run.lease(ISSUE) != null;
    run.tickAfter(JUST);

    // then
    assertThat(held).isTrue();
    assertThat(run.lease(ISSUE)).isNull();
    assertThat(((LeaseExpired) run.events().getLast().getPayload()).getReason())
        .isEqualTo(LeaseRules.MISSING);
  }

  @Test
  void shouldLeaveAnIssueWithItsAgentWhenItIsHeardAgain() {
    // given
    run.work("a");
    run.send(STARTED, Facts.refused("a", "missing"));

    // when
    run.later(Duration.ofMinutes(9)).send(Facts.registered("a", 1));
    run.tickAfter(Duration.ofMinutes(9));

    // then
    assertThat(run.lease(ISSUE)).isNotNull();
  }

  @Test
  void shouldCallAHumanWhenAnIssueFailedTwice() {
    // given
    run.work("a");
    run.send(STARTED, new IssueReleased(ISSUE, "a", "gave it back", true, null));
    run.work("b");
    run.send(new IssueProgressed(ISSUE, "b", true));

    // when
    run.tickAfter(Lease.LEASE_MAX);

    // then
    assertThat(run.said())
        .containsExactly(
            "ISSUE_ASSIGNED o/r#1 a",
            "ISSUE_ASSIGNED o/r#1 b",
            "LEASE_EXPIRED o/r#1 b",
            "ESCALATED o/r#1 b");
    IssueLifecycle event = run.events().getLast();
    Escalated escalated = (Escalated) event.getPayload();
    assertThat(escalated.getCause()).isEqualTo("two-strikes");
    assertThat(escalated.getAttempts()).isEqualTo(2);
    assertThat(event.getDepth()).isEqualTo(2);
    assertThat(run.causes()).singleElement().satisfies(cause -> {
      CauseRecord.Raised raised = (CauseRecord.Raised) cause;
      assertThat(raised.subject()).isEqualTo(CauseRecord.Subject.issue(ISSUE));
      assertThat(raised.causeEventId()).isEqualTo(event.getEventId());
    });
    assertThat(run.workOf("c")).isEqualTo("queue-empty");
  }

  @Test
  void shouldQueueItAgainWhenAHumanApprovesItAnew() {
    // given
    shouldCallAHumanWhenAnIssueFailedTwice();

    // when
    run.send(Facts.ready(ISSUE, "high", 1));
    String withoutClearing = run.workOf("c");
    run.send(Facts.again(ISSUE));

    // then
    assertThat(withoutClearing).isEqualTo("queue-empty");
    ClaimOutcome.Assigned third = (ClaimOutcome.Assigned) run.work("c");
    assertThat(third.attempt()).isEqualTo(3);
  }

  @Test
  void shouldTellTheStreamWhenAnAgentGivesUp() {
    // given
    long token = run.work("a").leaseToken();

    // when
    run.send(
        new AgentGaveUp("b", ISSUE, "not mine", null),
        new AgentGaveUp("a", ISSUE, "an old one", token + 7));
    boolean held = run.lease(ISSUE) != null;
    run.send(new AgentGaveUp("a", ISSUE, "no idea", null));

    // then
    assertThat(held).isTrue();
    assertThat(run.said().getLast()).isEqualTo("LEASE_EXPIRED o/r#1 a");
    assertThat(run.tables().issues().get(new PoolKey(PoolRun.POOL, ISSUE)).strikes())
        .isOne();
  }

  @Test
  void shouldMoveNothingWhenTheReleaseIsNotTheHolders() {
    // given
    long token = run.work("a").leaseToken();

    // when
    run.send(
        new IssueReleased(ISSUE, "b", "not mine", true, null),
        new IssueReleased(ISSUE, "a", "an old one", true, token - 1));

    // then
    assertThat(run.lease(ISSUE)).isNotNull();
  }

  @Test
  void shouldKeepTheHolderWhenSomebodyElseTakesWhatIsHandedOut() {
    // given
    run.work("a");

    // when
    run.send(new IssueTaken(ISSUE, "b"), new IssueTaken("o/r#2", "b"));

    // then
    assertThat(run.lease(ISSUE).agentId()).isEqualTo("a");
    assertThat(run.desk("b").issues()).containsExactly("o/r#2");
    assertThat(run.said()).as("the log of issues knows").hasSize(1);
    run.tickAfter(Lease.START_MAX);
    assertThat(run.events().getLast().getLeaseToken())
        .as("it was told no token")
        .isNull();
    assertThat(List.of(run.workOf("c"), run.workOf("d"))).containsExactly(ISSUE, "o/r#2");
  }

  @Test
  void shouldRunOutABoundedNumberWhenManyAreDueAtOnce() {
    // given
    int many = PoolFold.EXPIRED_PER_RECORD_MAX + 1;
    for (int i = 2; i <= many; i++) {
      run.send(Facts.ready("o/r#" + i, "normal", i));
    }
    for (int i = 1; i <= many; i++) {
      run.work("agent-" + i);
    }

    // when
    run.tickAfter(Lease.START_MAX);
    int first = run.queue().size();
    run.send(Facts.TICK);

    // then
    assertThat(first).isEqualTo(PoolFold.EXPIRED_PER_RECORD_MAX);
    assertThat(run.queue()).hasSize(many);
  }
}
