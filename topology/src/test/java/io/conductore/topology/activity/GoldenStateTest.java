package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.conductore.schemas.Usd;
import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.LimitChange;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import io.conductore.topology.budget.Windows;
import io.conductore.topology.cursor.Cursor;
import io.conductore.topology.cursor.InboxEntry;
import io.conductore.topology.cursor.InboxId;
import io.conductore.topology.cursor.Subscription;
import io.conductore.topology.escalation.Escalation;
import io.conductore.topology.escalation.EscalationSerde;
import io.conductore.topology.escalation.Severity;
import io.conductore.topology.escalation.SubjectState;
import io.conductore.topology.escalation.SubjectStateSerde;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.head.SeenId;
import io.conductore.topology.head.StreamKey;
import io.conductore.topology.lifecycle.Assignment;
import io.conductore.topology.lifecycle.Brief;
import io.conductore.topology.lifecycle.History;
import io.conductore.topology.lifecycle.IssueState;
import io.conductore.topology.lifecycle.IssueStateSerde;
import io.conductore.topology.lifecycle.Phase;
import io.conductore.topology.lifecycle.PhaseTimes;
import io.conductore.topology.lifecycle.Pull;
import io.conductore.topology.lifecycle.PullKey;
import io.conductore.topology.lifecycle.Rounds;
import io.conductore.topology.lifecycle.Tail;
import io.conductore.topology.state.Stamp;
import io.conductore.topology.stuck.Alarm;
import io.conductore.topology.stuck.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that a release has written stay readable for ever: stores and changelogs hold them. A new
 * version of a state adds a folder beside state-v1 and changes nothing in it.
 */
class GoldenStateTest {
  private static final String FOLDER = "/golden/state-v1/";
  private static final String SECOND_FOLDER = "/golden/state-v2/";

  static Stream<Arguments> states() {
    return Stream.of(
        arguments("agent", new AgentStateSerde(), agent()),
        arguments("issue", new IssueStateSerde(), issue()),
        arguments("pull-key", PullKey.SERDE, new PullKey("o/r", 12, 7)),
        arguments("guard-blocks", GuardBlocks.SERDE, guardBlocks()),
        arguments("cursor", Cursor.SERDE, cursor()),
        arguments("inbox-entry", InboxEntry.SERDE, inboxEntry()),
        arguments("inbox-id", InboxId.SERDE, InboxId.of("dev-é", "e-1")),
        arguments("escalation", new EscalationSerde(), escalation()),
        arguments("escalation-subject", new SubjectStateSerde(), subject()),
        arguments("seen-id", SeenId.SERDE, new SeenId(1_795_429_800_000L, 12)),
        arguments("stream-key", StreamKey.SERDE, new StreamKey("dev-é", 258)),
        arguments("session-key", SessionKey.SERDE, new SessionKey("dev-e", "s1")),
        arguments(
            "cost-key", CostKey.SERDE, new CostKey(20_780, "dev-e", "", "o/r", 7, "model", "cat")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  <T> void shouldReadWhatWasWrittenWhenTheVersionWasOne(String name, Serde<T> serde, T state) {
    // given
    byte[] golden = golden(FOLDER, name);

    // when
    T read = serde.deserializer().deserialize("topic", golden);

    // then
    assertThat(read).isEqualTo(state);
  }

  /** While version 1 is the newest. A serde that moves on to version 2 leaves this list. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  <T> void shouldWriteTheSameBytesWhenTheVersionIsStillOne(String name, Serde<T> serde, T state) {
    // given
    byte[] golden = golden(FOLDER, name);

    // when
    byte[] written = serde.serializer().serialize("topic", state);

    // then
    assertThat(HexFormat.of().formatHex(written)).isEqualTo(HexFormat.of().formatHex(golden));
  }

  @Test
  void shouldReadASessionWhenTheVersionWasOne() {
    // given
    byte[] golden = golden(FOLDER, "session");

    // when
    SessionState read = new SessionStateSerde().fromBytes(golden);

    // then
    assertThat(read).isEqualTo(session());
  }

  @Test
  void shouldReadAndWriteASessionWhenTheVersionIsTwo() {
    // given
    byte[] golden = golden(SECOND_FOLDER, "session");
    SessionStateSerde serde = new SessionStateSerde();

    // when
    byte[] written = serde.toBytes(stuckSession());

    // then
    assertThat(HexFormat.of().formatHex(written)).isEqualTo(HexFormat.of().formatHex(golden));
    assertThat(serde.fromBytes(golden)).isEqualTo(stuckSession());
  }

  @Test
  void shouldReadAndWriteCostsWhenTheVersionIsTwo() {
    // given
    byte[] first = golden(FOLDER, "usage");
    byte[] second = golden(SECOND_FOLDER, "usage");
    UsageSerde serde = new UsageSerde();
    Usage estimated = new Usage(10, 12_000, 850, 3_000, 90_000, new Usd(87_000_000_000L), 2);

    // when
    byte[] written = serde.toBytes(estimated);

    // then
    assertThat(serde.fromBytes(first)).isEqualTo(usage());
    assertThat(HexFormat.of().formatHex(written)).isEqualTo(HexFormat.of().formatHex(second));
    assertThat(serde.fromBytes(second)).isEqualTo(estimated);
  }

  private static GuardBlocks guardBlocks() {
    return new GuardBlocks(
        List.of(new GuardBlocks.Block(1_000, "e-1"), new GuardBlocks.Block(2_000, "e-2")));
  }

  private static Cursor cursor() {
    return new Cursor("dev-e", new Subscription(List.of("MERGED"), true, 2), 3, 9, 7, 5, 2);
  }

  private static InboxEntry inboxEntry() {
    return new InboxEntry("e-1", "MERGED", "o/r#7", "{\"repo\":\"o/r\"}", 1_000, 2_000, 0);
  }

  private static Escalation escalation() {
    return new Escalation(
        "stuck-dev-e-0123456789ab",
        "stuck",
        CauseRecord.Subject.agent("dev-e"),
        Severity.P1,
        "dev-e is stuck",
        List.of("e-1", "e-2"),
        3,
        1,
        1_000,
        2_000,
        9_000,
        4_000,
        "marie",
        0);
  }

  private static SubjectState subject() {
    CauseRecord.Raised held = new CauseRecord.Raised(
        CauseRecord.Subject.agent("dev-e"), "silence", "s", List.of("e-3"), "e-3", 5_000, 1);
    return new SubjectState(
        CauseRecord.Subject.agent("dev-e"),
        new TreeMap<>(Map.of("stuck", escalation())),
        new TreeMap<>(Map.of("silence", held)),
        List.of(1_000L),
        List.of(-7L, 8L),
        List.of("silence-dev-e-ba9876543210"),
        4);
  }

  private static AgentState agent() {
    return new AgentState(
        "dev-e",
        42,
        new Liveness(1_000, 9_000, 8_000, 7_000, 6_000, new TreeMap<>(Map.of("abc12", 9_000L))),
        new Beat(new Stamp(8_000, -5), "working", null, "o/r", 7),
        new Registration(
            new Stamp(500, 9),
            "developer",
            List.of("java", "é"),
            2,
            List.of("PR_CREATED"),
            200_000L),
        new Tally(12, 3, 1, 2),
        new Budget(
            windows(498_730, 1_585, 8_700_000_000L),
            windows(20_780, 15_850, 87_000_000_000L),
            Map.of(
                Window.DAY,
                new Budget.Changed(
                    new Stamp(4_000, 77),
                    new LimitChange(new Limit(5_000L, null), "marie", 90_000L)))));
  }

  private static SessionState session() {
    return new SessionState(
        new SessionKey("dev-e", "s1"),
        1_000,
        2_000,
        2,
        usage(),
        Traces.ofFirstVersion(),
        Alarm.NONE);
  }

  private static SessionState stuckSession() {
    return new SessionState(
        new SessionKey("dev-e", "s1"),
        1_000,
        2_000,
        2,
        usage(),
        Traces.ofSecondVersion(),
        Traces.ofSecondVersionStuck());
  }

  private static Usage usage() {
    return new Usage(10, 12_000, 850, 3_000, 90_000, new Usd(87_000_000_000L));
  }

  private static IssueState issue() {
    return new IssueState(
        "o/r#7",
        new Tail(9, 1_000, 2_000, 1, 2),
        new Brief("default", "Fix it", "v1", "high", List.of("bug", "é"), List.of(3, 4), 1_000),
        new Phase.InReview(new Assignment("dev-e", 77L, 2), new Pull(12, "review-e", 79L)),
        new Rounds(
            Rounds.Outcome.FAILED, 1, Rounds.Outcome.PENDING, 2, "auth", "ec26", List.of("118")),
        new History(2, List.of(11, 12), List.of("human-gate")),
        new PhaseTimes(
            new TreeMap<>(Map.of("queued", 1_000L, "in_review", 1_800L)),
            new TreeMap<>(Map.of("queued", 500L))));
  }

  private static Windows windows(long bucket, long tokens, long picoUsd) {
    return new Windows(new TreeMap<>(Map.of(bucket, new Spent(tokens, new Usd(picoUsd)))));
  }

  private static byte[] golden(String folder, String name) {
    try (InputStream hex = GoldenStateTest.class.getResourceAsStream(folder + name + ".hex")) {
      String text = new String(Objects.requireNonNull(hex).readAllBytes(), StandardCharsets.UTF_8);
      return HexFormat.of().parseHex(text.strip());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
