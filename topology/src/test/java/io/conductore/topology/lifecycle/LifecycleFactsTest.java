package io.conductore.topology.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Feed;
import io.conductore.schemas.Log;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.handoff.Sources;
import io.conductore.topology.head.Mark;
import io.conductore.topology.state.StoreNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an issue's events say to dispatch, inboxes and escalation. */
class LifecycleFactsTest {
  private static final String ISSUE = "o/r#7";

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
  void shouldLeadFromTheQueueToDoneWhenAllGoesWell() {
    // given
    approve();

    // when
    rig.post(
        event("ISSUE_ASSIGNED").with("agentId", "dev-e"),
        event("WORK_STARTED").with("agentId", "dev-e"),
        event("PR_CREATED").with("agentId", "dev-e").with("prNumber", 12),
        event("CI_PASSED").with("prNumber", 12),
        event("REVIEW_PASSED").with("agentId", "review-e").with("prNumber", 12),
        event("MERGED").with("prNumber", 12),
        event("DEPLOYED_STAGING"),
        event("SMOKE_PASSED"),
        event("DEPLOYED_PRODUCTION"),
        event("VERIFIED"),
        event("ISSUE_DONE"));

    // then
    assertThat(issue().phase()).isInstanceOf(Phase.Done.class);
    assertThat(issue().tail().outOfOrder() + issue().tail().stale()).isZero();
    assertThat(dispatch())
        .containsExactly(
            new DispatchRecord.IssueReady(
                ISSUE,
                "Fix it",
                null,
                "high",
                List.of(),
                List.of("o/r#3"),
                RigDriver.START.toEpochMilli(),
                false),
            new DispatchRecord.IssueTaken(ISSUE, "dev-e"),
            new DispatchRecord.IssueProgressed(ISSUE, "dev-e", true),
            new DispatchRecord.IssueProgressed(ISSUE, "dev-e", true),
            new DispatchRecord.ReviewWanted(ISSUE, 12, "dev-e", 1),
            new DispatchRecord.IssueProgressed(ISSUE, "dev-e", true),
            new DispatchRecord.IssueProgressed(ISSUE, "dev-e", true),
            new DispatchRecord.ReviewSettled(ISSUE, 12, true),
            new DispatchRecord.IssueSettled(ISSUE, DispatchRecord.Settlement.MERGED),
            new DispatchRecord.IssueSettled(ISSUE, DispatchRecord.Settlement.DONE));
    assertThat(rig.all(StoreNames.PULLS)).containsOnlyKeys(new PullKey("o/r", 12, 7));
  }

  @Test
  void shouldSayNothingBackWhenDispatchSaidIt() {
    // given
    approve();

    // when
    derived(event("ISSUE_ASSIGNED").with("agentId", "dev-e").with("leaseToken", 5));
    derived(event("LEASE_EXPIRED").with("agentId", "dev-e").with("leaseToken", 5));

    // then
    assertThat(issue().phase()).isInstanceOf(Phase.Queued.class);
    assertThat(dispatch())
        .hasOnlyElementsOfType(DispatchRecord.IssueReady.class)
        .hasSize(1);
  }

  @Test
  void shouldFenceOffAnEarlierHolderWhenTheIssueIsWithAnother() {
    // given
    approve();
    derived(event("ISSUE_ASSIGNED").with("agentId", "dev-a").with("leaseToken", 5));
    derived(event("LEASE_EXPIRED").with("agentId", "dev-a").with("leaseToken", 5));
    derived(event("ISSUE_ASSIGNED").with("agentId", "dev-b").with("leaseToken", 9));

    // when
    rig.post(
        event("WORK_STARTED").with("agentId", "dev-a").with("leaseToken", 5),
        event("PR_CREATED").with("agentId", "dev-a").with("prNumber", 12));

    // then
    assertThat(issue().phase()).isInstanceOf(Phase.Assigned.class);
    assertThat(issue().tail().stale()).isEqualTo(2);
    Map<Object, byte[]> stream = rig.all(StoreNames.LIFECYCLE_STREAMS);
    assertThat(stream.values().stream().map(Mark::of).filter(Mark.STALE_LEASE::equals))
        .hasSize(2);
    assertThat(inbox().getLast().data().path("mark").asText()).isEqualTo("stale-lease");
    assertThat(inbox().getLast().holders()).containsExactly("dev-b");
  }

  @Test
  void shouldCallForAHumanWhenTheReviewGoesInCircles() {
    // given
    approve();
    rig.post(event("ISSUE_ASSIGNED").with("agentId", "dev-e"));

    // when
    for (int round = 0; round < 3; round++) {
      rig.post(
          event("PR_CREATED").with("prNumber", 12),
          event("REVIEW_DISPUTED").with("prNumber", 12).with("agentId", "review-e"));
    }

    // then
    assertThat(issue().phase().wireName()).isEqualTo("failed");
    assertThat(causes())
        .singleElement()
        .isInstanceOfSatisfying(CauseRecord.Raised.class, raised -> {
          assertThat(raised.cause()).isEqualTo("review-loop");
          assertThat(raised.summary()).contains("3 rounds");
        });
    assertThat(rig.written(Log.LIFECYCLE.topic()))
        .map(record -> (IssueLifecycle) rig.decoded(Log.LIFECYCLE, record.value()))
        .filteredOn(event -> Sources.LIFECYCLE.equals(event.getSource()))
        .extracting(IssueLifecycle::getType)
        .containsExactly("REVIEW_LOOP_EXCEEDED");
    assertThat(issue().tail().ordinal()).isEqualTo(9);
  }

  @Test
  void shouldClearWhatWasRaisedWhenAHumanApprovesAnew() {
    // given
    approve();
    rig.post(event("ESCALATED").with("reason", "no idea"));

    // when
    rig.post(event("ISSUE_APPROVED"));

    // then
    assertThat(causes())
        .extracting(record -> record.getClass().getSimpleName())
        .containsExactly("Raised", "Cleared");
    assertThat(dispatch().getLast())
        .isInstanceOfSatisfying(
            DispatchRecord.IssueReady.class,
            ready -> assertThat(ready.strikesCleared()).isTrue());
  }

  @Test
  void shouldOpenTheHumanGateOnlyWhenAHumanApproves() {
    // given
    approve();
    rig.post(
        event("ISSUE_ASSIGNED").with("agentId", "dev-e"),
        event("PR_CREATED").with("prNumber", 12),
        event("HUMAN_GATE_TRIGGERED").with("prNumber", 12).with("reason", "auth"));

    // when
    rig.post(event("REVIEW_PASSED").with("agentId", "review-e"));
    String byAgent = issue().rounds().gate();
    rig.post(event("REVIEW_PASSED"));

    // then
    assertThat(byAgent).isEqualTo("auth");
    assertThat(issue().rounds().gate()).isNull();
    assertThat(issue().history().causes()).isEmpty();
  }

  private void approve() {
    rig.post(event("ISSUE_APPROVED")
        .with("title", "Fix it")
        .with("priority", "high")
        .with("dependsOn", List.of(3)));
  }

  /** As dispatch appends it, past the doors. */
  private void derived(Flat event) {
    IssueLifecycle envelope = (IssueLifecycle) rig.read(event).envelope();
    envelope.setSource(Sources.DISPATCH);
    rig.append(envelope);
  }

  private static Flat event(String type) {
    return Flat.of(type, "o/r", 7);
  }

  private IssueState issue() {
    Map<String, IssueState> issues = rig.all(StoreNames.ISSUES);
    return issues.get(ISSUE);
  }

  private List<DispatchRecord> dispatch() {
    return records(Feed.DISPATCH, DispatchRecord.class);
  }

  private List<CauseRecord> causes() {
    return records(Feed.CAUSES, CauseRecord.class).stream()
        .filter(record -> record.subject().key().equals(ISSUE))
        .toList();
  }

  private List<InboxRecord.Event> inbox() {
    return records(Feed.INBOX, InboxRecord.class).stream()
        .filter(InboxRecord.Event.class::isInstance)
        .map(InboxRecord.Event.class::cast)
        .toList();
  }

  private <R> List<R> records(Feed feed, Class<R> type) {
    return rig.written(feed.topic()).stream()
        .map(record -> {
          try {
            assertThat(new String(record.key(), UTF_8)).isNotEmpty();
            return Handoff.read(record.value(), type);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .toList();
  }
}
