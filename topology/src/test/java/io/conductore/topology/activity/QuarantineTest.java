package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Feed;
import io.conductore.schemas.Log;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentReleased;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.escalation.Escalation;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.state.StoreNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop from the first nudge to its end, as the agent, dispatch and people are told of it. */
class QuarantineTest {
  @TempDir
  Path folder;

  private RigDriver rig;

  @BeforeEach
  void open() {
    rig = RigDriver.in(folder.resolve("rig"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldNudgeThenCallThenRefuseAndEndItAllWhenThereIsProgress() {
    // given
    loop("s1", 10);

    // when
    rig.post(Flat.call("a", "Edit", "new work", "updated").at(at(20)));

    // then
    assertThat(rig.derivedTypes()).containsExactly("AGENT_NUDGED", "AGENT_STUCK", "AGENT_RELEASED");
    assertThat(notices()).containsExactly("AGENT_NUDGED", "AGENT_STUCK");
    assertThat(causes()).containsExactly("raised stuck", "cleared stuck");
    assertThat(refusals()).containsExactly("stuck", "none");
    assertThat(rig.session("a", "s1").alarm().verdicts()).isEmpty();
  }

  @Test
  void shouldTellTheAgentInWordsWhenItIsNudged() {
    // when
    loop("s1", 3);

    // then
    InboxRecord.Notice notice = inbox().getFirst();
    assertThat(notice.agentId()).isEqualTo("a");
    assertThat(notice.data().path("pattern").asText()).isEqualTo("same-tool");
    assertThat(notice.data().path("text").asText())
        .startsWith("Read was called 3 times with equal input and result. ");
    assertThat(notice.data().path("evidence")).hasSize(3);
    assertThat(refusals()).isEmpty();
    assertThat(causes()).isEmpty();
  }

  /** Failures that are all new get nothing done: the loop is not over. */
  @Test
  void shouldKeepTheAgentFromWorkWhenItOnlyFailsInNewWays() {
    // given
    loop("s1", 5);

    // when
    for (int i = 0; i < 60; i++) {
      rig.post(Flat.failure("a", "Bash", "try " + i, "error " + i).at(at(10 + i)));
    }

    // then
    assertThat(refusals()).containsExactly("stuck");
    assertThat(rig.session("a", "s1").alarm().isStuck()).isTrue();
    assertThat(rig.derivedTypes()).containsExactly("AGENT_NUDGED", "AGENT_STUCK");
  }

  @Test
  void shouldGiveWorkAgainWhenAPersonAcknowledges() {
    // given
    loop("s1", 6);
    String id = escalationId();

    // when
    acknowledge(id);
    for (int i = 6; i < 30; i++) {
      rig.post(same("s1", i));
    }

    // then
    assertThat(refusals()).containsExactly("stuck", "none");
    assertThat(releases()).containsExactly("acknowledged marie");
    assertThat(causes()).doesNotContain("cleared stuck");
    assertThat(rig.session("a", "s1").alarm().isStuck()).isTrue();
  }

  @Test
  void shouldCloseWhenProgressComesAfterTheAcknowledgement() {
    // given
    loop("s1", 6);
    acknowledge(escalationId());

    // when
    rig.post(Flat.call("a", "Edit", "new", "updated").at(at(30)));

    // then
    assertThat(causes()).contains("cleared stuck");
    assertThat(refusals()).containsExactly("stuck", "none");
  }

  @Test
  void shouldGiveWorkAgainWhenTheAgentBeginsAnew() {
    // given
    loop("s1", 6);

    // when
    rig.post(Flat.of("HEARTBEAT", "a").with("startup", true).at(at(30)));

    // then
    assertThat(refusals()).containsExactly("stuck", "none");
    assertThat(releases()).containsExactly("restarted null");
    assertThat(causes()).containsExactly("raised stuck", "cleared stuck");
    assertThat(rig.session("a", "s1").alarm().isStuck()).isFalse();
  }

  @Test
  void shouldGiveWorkAgainWhenANewerSessionGetsOn() {
    // given
    loop("s1", 6);

    // when
    rig.post(Flat.call("a", "Edit", "new", "updated").with("sessionId", "s2").at(at(30)));

    // then
    assertThat(refusals()).containsExactly("stuck", "none");
    assertThat(releases()).containsExactly("newer-session null");
    assertThat(rig.session("a", "s1").alarm().isStuck()).isFalse();
  }

  /** Two sessions at once: the one that works says nothing of the one that loops. */
  @Test
  void shouldKeepTheAgentFromWorkWhenAnOlderSessionGetsOnBesideTheLoop() {
    // given
    rig.post(Flat.call("a", "Edit", "older", "updated").with("sessionId", "s0").at(at(-5)));
    loop("s1", 6);

    // when
    rig.post(Flat.call("a", "Edit", "new", "updated").with("sessionId", "s0").at(at(30)));

    // then
    assertThat(refusals()).containsExactly("stuck");
  }

  @Test
  void shouldWaitForBothWhenTwoSessionsLoop() {
    // given
    loop("s1", 6);
    loop("s2", 6);

    // when
    rig.post(Flat.call("a", "Edit", "n1", "updated").at(at(30)));
    List<String> afterOne = refusals();
    rig.post(Flat.call("a", "Edit", "n2", "updated").with("sessionId", "s2").at(at(31)));

    // then
    assertThat(afterOne).containsExactly("stuck");
    assertThat(refusals()).containsExactly("stuck", "none");
    assertThat(causes()).containsExactly("raised stuck", "raised stuck", "cleared stuck");
  }

  /** The release of the first loop comes back through the log when the second has begun. */
  @Test
  void shouldKeepTheSecondVerdictWhenTheReleaseOfTheFirstComesLate() {
    // given
    loop("s1", 5);
    rig.post(Flat.call("a", "Edit", "new", "updated").at(at(20)));
    for (int i = 0; i < 5; i++) {
      rig.post(Flat.call("a", "Read", "other", "same").at(at(30 + i)));
    }

    AgentActivity late = rig.derived().stream()
        .filter(event -> event.getPayload() instanceof AgentReleased)
        .findFirst()
        .orElseThrow();
    late.setEventId("another-telling");

    // when
    rig.append(late);

    // then
    assertThat(rig.session("a", "s1").alarm().isStuck()).isTrue();
    assertThat(refusals()).containsExactly("stuck", "none", "stuck");
  }

  @Test
  void shouldRenewNoLeaseWhenALoopSucceeds() {
    // given
    loop("s1", 5);
    rig.advance(Duration.ofMinutes(5));

    // when
    rig.post(same("s1", 200), same("s1", 300));

    // then
    assertThat(read(Feed.DISPATCH, DispatchRecord.class))
        .filteredOn(DispatchRecord.AgentProgressed.class::isInstance)
        .hasSize(1);
  }

  /** The agent asks for help with its issue: it may take another one, and the call stays. */
  @Test
  void shouldKeepTheCallWhenTheAgentGivesItsIssueUp() {
    // given
    loop("s1", 6);

    // when
    rig.post(Flat.of("AGENT_STUCK", "a")
        .with("repo", "o/r")
        .with("issueNumber", 7)
        .with("reason", "no idea")
        .at(at(30)));

    // then
    assertThat(refusals()).containsExactly("stuck", "none");
    assertThat(releases()).containsExactly("gave-up null");
    assertThat(causes()).doesNotContain("cleared stuck");
  }

  @Test
  void shouldTellNobodyWhenTheLoopWasLongAgo() {
    // when
    for (int i = 0; i < 8; i++) {
      rig.post(same("s1", i).at(RigDriver.START.minus(Duration.ofDays(9)).plusSeconds(i)));
    }

    // then
    assertThat(refusals()).isEmpty();
    assertThat(causes()).isEmpty();
    assertThat(inbox()).isEmpty();
    assertThat(rig.derivedTypes()).contains("AGENT_STUCK");
  }

  /** Twice the same log, once with a restart at every step: the same bytes come out. */
  @Test
  void shouldWriteTheSameWhenTheLogIsReplayed() {
    // given
    List<Flat> log = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      log.add(same("s1", i).id("loop-" + i));
    }
    log.add(Flat.call("a", "Edit", "new", "updated").id("progress").at(at(20)));
    for (int i = 0; i < 4; i++) {
      log.add(Flat.failure("a", "Bash", "try " + i, "same").id("error-" + i).at(at(30 + i)));
    }

    // when
    List<String> straight = written(folder.resolve("one"), log, false);
    List<String> interrupted = written(folder.resolve("two"), log, true);

    // then
    assertThat(straight).hasSizeGreaterThan(10).isEqualTo(interrupted);
  }

  private static List<String> written(Path folder, List<Flat> log, boolean restarts) {
    try (RigDriver rig = RigDriver.in(folder)) {
      for (Flat event : log) {
        rig.post(event);
        if (restarts) {
          rig.restart();
          rig.post(event);
        }
      }
      List<String> all = new ArrayList<>();
      for (String topic : List.of(
          Log.ACTIVITY.topic(), Feed.DISPATCH.topic(), Feed.CAUSES.topic(), Feed.INBOX.topic())) {
        rig.written(topic)
            .forEach(record -> all.add(topic + " " + HexFormat.of().formatHex(record.value())));
      }
      return all;
    }
  }

  private void loop(String session, int calls) {
    for (int i = 0; i < calls; i++) {
      rig.post(same(session, i));
    }
  }

  private static Flat same(String session, int i) {
    return Flat.call("a", "Read", "same", "same").with("sessionId", session).at(at(i));
  }

  private static Instant at(int second) {
    return RigDriver.START.plusSeconds(second);
  }

  private void acknowledge(String escalationId) {
    CauseRecord seen = new CauseRecord.Seen(CauseRecord.Subject.agent("a"), escalationId, "marie");
    rig.record(Feed.CAUSES.topic(), "a".getBytes(StandardCharsets.UTF_8), Handoff.bytes(seen));
  }

  private String escalationId() {
    return rig.<String, Escalation>all(StoreNames.ESCALATIONS)
        .keySet()
        .iterator()
        .next();
  }

  private List<String> releases() {
    return rig.written(Log.ACTIVITY.topic()).stream()
        .map(record -> (AgentActivity) rig.decoded(Log.ACTIVITY, record.value()))
        .filter(event -> event.getPayload() instanceof AgentReleased)
        .map(event -> (AgentReleased) event.getPayload())
        .map(said -> said.getReason() + " " + said.getBy())
        .toList();
  }

  private List<String> refusals() {
    return read(Feed.DISPATCH, DispatchRecord.class).stream()
        .filter(DispatchRecord.AgentStanding.class::isInstance)
        .map(record -> Optional.ofNullable(((DispatchRecord.AgentStanding) record).refusal())
            .orElse("none"))
        .toList();
  }

  private List<String> causes() {
    return read(Feed.CAUSES, CauseRecord.class).stream()
        .map(record -> switch (record) {
          case CauseRecord.Raised raised -> "raised " + raised.cause();
          case CauseRecord.Cleared cleared -> "cleared " + cleared.cause();
          default -> "other";
        })
        .filter(word -> !word.equals("other"))
        .toList();
  }

  private List<String> notices() {
    return inbox().stream().map(InboxRecord.Notice::type).toList();
  }

  private List<InboxRecord.Notice> inbox() {
    return read(Feed.INBOX, InboxRecord.class).stream()
        .filter(InboxRecord.Notice.class::isInstance)
        .map(InboxRecord.Notice.class::cast)
        .toList();
  }

  private <T> List<T> read(Feed feed, Class<T> type) {
    return rig.written(feed.topic()).stream()
        .map(record -> read(record.value(), type))
        .toList();
  }

  private static <T> T read(byte[] value, Class<T> type) {
    try {
      return Handoff.read(value, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
