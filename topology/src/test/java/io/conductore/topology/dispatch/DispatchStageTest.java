package io.conductore.topology.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Feed;
import io.conductore.schemas.Log;
import io.conductore.schemas.Topics;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.RigDriver;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.DispatchRecord.Claim;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.head.DeadLetters;
import io.conductore.topology.state.StoreNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage in the graph: what comes in as JSON, what is stored, said and reminded of. */
class DispatchStageTest {
  private static final String POOL = "default";

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
  void shouldAssignAndSaySoWhenAnAgentClaims() {
    // given
    send(Facts.ready("o/r#1", "normal", 5));

    // when
    send(new Claim("c1", "dev-e", Kind.WORK));

    // then
    Map<PoolKey, ClaimOutcome> claims = rig.all(StoreNames.CLAIMS);
    ClaimOutcome.Assigned outcome = (ClaimOutcome.Assigned) claims.get(new PoolKey(POOL, "c1"));
    assertThat(outcome.issue()).isEqualTo("o/r#1");
    assertThat(said()).singleElement().satisfies(event -> {
      assertThat(event.getType()).isEqualTo("ISSUE_ASSIGNED");
      assertThat(event.getStreamId()).isEqualTo("o/r#1");
      assertThat(event.getAgentId()).isEqualTo("dev-e");
      assertThat(event.getLeaseToken()).isEqualTo(outcome.leaseToken());
      assertThat(event.getSource()).isEqualTo("dispatch");
    });
  }

  @Test
  void shouldRemindItselfOnceWhenALeaseIsDue() {
    // given
    send(Facts.ready("o/r#1", "normal", 5), new Claim("c1", "dev-e", Kind.WORK));

    // when
    rig.advance(Lease.START_MAX.minusSeconds(5));
    int before = rig.written(Feed.DISPATCH.topic()).size();
    rig.advance(Duration.ofSeconds(6));
    rig.advance(Duration.ofMinutes(1));

    // then
    assertThat(before).isZero();
    assertThat(rig.written(Feed.DISPATCH.topic())).hasSize(1);
    assertThat(said()).extracting(IssueLifecycle::getType).contains("LEASE_EXPIRED");
    assertThat(rig.all(StoreNames.LEASES)).isEmpty();
    assertThat(rig.all(StoreNames.QUEUE)).hasSize(1);
  }

  @Test
  void shouldWriteNothingWhenNoLeaseIsDue() {
    // given
    send(Facts.ready("o/r#1", "normal", 5));

    // when
    rig.advance(Duration.ofDays(1));

    // then
    assertThat(rig.written(Feed.DISPATCH.topic())).isEmpty();
  }

  @Test
  void shouldFindItsPoolsAgainWhenItStartsAnew() {
    // given
    send(Facts.ready("o/r#1", "low", 5), Facts.ready("o/r#2", "high", 6));
    send(new Claim("c1", "dev-e", Kind.WORK));

    // when
    rig.restart();
    rig.advance(Lease.START_MAX.plusSeconds(1));
    send(new Claim("c2", "dev-f", Kind.WORK));

    // then
    assertThat(said())
        .extracting(event -> event.getType() + " " + event.getStreamId() + event.getAgentId())
        .containsExactly(
            "ISSUE_ASSIGNED o/r#2dev-e", "LEASE_EXPIRED o/r#2dev-e", "ISSUE_ASSIGNED o/r#2dev-f");
  }

  @Test
  void shouldSendTheRecordToTheDeadLettersWhenAPoolCannotHoldIt() {
    // given
    List<String> bad = List.of(
        "{}",
        "not json",
        "{\"record\":\"claim\",\"agentId\":\"a\",\"kind\":\"WORK\"}",
        "{\"record\":\"claim\",\"claimId\":\"c\",\"agentId\":\"a\"}",
        "{\"record\":\"claim\",\"claimId\":\"c\",\"agentId\":\"" + "a".repeat(201)
            + "\",\"kind\":\"WORK\"}",
        "{\"record\":\"claim\",\"claimId\":\"c\",\"agentId\":\"a\\u0000b\",\"kind\":\"WORK\"}",
        "{\"record\":\"issue-ready\",\"issue\":\"o/r#1\"}",
        "{\"record\":\"issue-settled\",\"issue\":\"o/r\",\"how\":\"DONE\"}",
        "{\"record\":\"issue-settled\",\"issue\":\"o/r#1\"}",
        "{\"record\":\"agent-standing\",\"agentId\":\"a\",\"capabilities\":[],\"refusal\":\"x\"}");

    // when
    for (String text : bad) {
      rig.record(Feed.DISPATCH.topic(), utf8(POOL), utf8(text));
    }
    rig.record(Feed.DISPATCH.topic(), utf8("p".repeat(201)), Handoff.bytes(Facts.TICK));

    // then
    assertThat(rig.written(Topics.DLQ_DISPATCH))
        .hasSize(bad.size() + 1)
        .allSatisfy(letter ->
            assertThat(letter.headers().lastHeader(DeadLetters.REASON)).isNotNull());
    for (String store : Facts.STORES) {
      assertThat(rig.all(store)).as(store).isEmpty();
    }
  }

  private void send(DispatchRecord... records) {
    for (DispatchRecord record : records) {
      rig.record(Feed.DISPATCH.topic(), utf8(POOL), Handoff.bytes(record));
    }
  }

  private List<IssueLifecycle> said() {
    return rig.written(Log.LIFECYCLE.topic()).stream()
        .map(record -> (IssueLifecycle) rig.decoded(Log.LIFECYCLE, record.value()))
        .toList();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
