package io.conductore.topology.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.conductore.schemas.Topics;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.state.StoreNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told what, once and in order, and what an acknowledgement does. */
class CursorStageTest {
  private static final long START_MS = RigDriver.START.toEpochMilli();

  @TempDir
  Path folder;

  private InboxRig inbox;

  @BeforeEach
  void open() {
    inbox = new InboxRig(folder);
  }

  @AfterEach
  void close() {
    inbox.close();
  }

  @Test
  void shouldTellHoldersAndThoseWhoWantAllWhenTheySubscribedToTheType() {
    // given
    inbox.subscribe("dev-e", false, "CI_FAILED", "MERGED");
    inbox.subscribe("dev-f", false, "CI_FAILED");
    inbox.subscribe("ops", true, "MERGED");

    // when
    inbox.event("e1", "CI_FAILED", "dev-e");
    inbox.event("e2", "MERGED", "dev-e", "ops");
    inbox.event("e3", "VERIFIED", "dev-e");
    inbox.event("e4", "MERGED", "not-here");

    // then
    assertThat(ids("dev-e")).containsExactly("e1", "e2");
    assertThat(ids("dev-f")).isEmpty();
    assertThat(ids("ops")).containsExactly("e2", "e4");
    assertThat(inbox.cursor("not-here")).isEmpty();
    assertThat(inbox.cursor("dev-e").orElseThrow().waiting()).isEqualTo(2);
  }

  @Test
  void shouldSubscribeWhenAnAgentRegistersAndStopWhenItRegistersOtherwise() {
    // given
    inbox.rig().post(registered(List.of("MERGED")).with("subscribedIssues", "all"));
    inbox.event("e1", "MERGED");
    inbox.rig().advance(Duration.ofSeconds(1));

    // when
    inbox.rig().post(registered(List.of("VERIFIED")).at(inbox.rig().now()));
    inbox.event("e2", "MERGED", "dev-e");
    inbox.event("e3", "VERIFIED");
    inbox.event("e4", "VERIFIED", "dev-e");

    // then
    assertThat(ids("dev-e")).containsExactly("e1", "e4");
    assertThat(inbox.cursor("dev-e").orElseThrow().subscription())
        .isEqualTo(new Subscription(List.of("VERIFIED"), false, 2));
  }

  @Test
  void shouldDeliverANoticeWhateverTheAgentSubscribedTo() {
    // given
    var nudge = JsonNodeFactory.instance.objectNode().put("text", "wake up");

    // when
    inbox.send("dev-e", new InboxRecord.Notice("dev-e", "n1", "NUDGE", 1, nudge));
    inbox.send("dev-e", new InboxRecord.Notice("dev-e", "n1", "NUDGE", 2, nudge));

    // then
    assertThat(inbox.entries("dev-e").values())
        .containsExactly(
            new InboxEntry("n1", "NUDGE", "", "{\"text\":\"wake up\"}", START_MS, 0, 0));
  }

  @Test
  void shouldStampEachStepOnceWhenItIsSaidAgain() {
    // given
    inbox.subscribe("ops", true, "MERGED");
    inbox.event("e1", "MERGED");
    inbox.event("e2", "MERGED");

    // when
    inbox.rig().advance(Duration.ofSeconds(1));
    inbox.deliver("ops", 1);
    inbox.rig().advance(Duration.ofSeconds(1));
    inbox.deliver("ops", 1);
    inbox.acknowledge("ops", 2);
    inbox.rig().advance(Duration.ofSeconds(1));
    inbox.acknowledge("ops", 2);

    // then
    InboxEntry first = inbox.entries("ops").get(1L);
    InboxEntry second = inbox.entries("ops").get(2L);
    assertThat(first.deliveredAtMs()).isEqualTo(START_MS + 1_000);
    assertThat(first.acknowledgedAtMs()).isEqualTo(START_MS + 2_000);
    assertThat(second.deliveredAtMs()).isEqualTo(START_MS + 2_000);
    assertThat(second.acknowledgedAtMs()).isEqualTo(START_MS + 2_000);
  }

  @ParameterizedTest
  @CsvSource({"1,3", "3,3", "2,3", "4,3", "-1,3", "9223372036854775807,3"})
  void shouldNeverGoBackNorBeyondWhenAcknowledged(long ordinal, long acknowledged) {
    // given
    inbox.subscribe("ops", true, "MERGED");
    inbox.event("e1", "MERGED");
    inbox.event("e2", "MERGED");
    inbox.event("e3", "MERGED");
    inbox.acknowledge("ops", 3);

    // when
    inbox.acknowledge("ops", ordinal);
    inbox.deliver("ops", ordinal);

    // then
    Cursor cursor = inbox.cursor("ops").orElseThrow();
    assertThat(cursor.acknowledged()).isEqualTo(acknowledged);
    assertThat(cursor.delivered()).isEqualTo(3);
    assertThat(cursor.waiting()).isZero();
  }

  @Test
  void shouldKeepTheNewestAndCountTheLostWhenNobodyReads() {
    // given
    inbox.subscribe("ops", true, "MERGED");
    int queued = Cursor.UNACKNOWLEDGED_MAX + 7;

    // when
    for (int i = 1; i <= queued; i++) {
      inbox.event("e" + i, "MERGED");
    }

    // then
    Cursor cursor = inbox.cursor("ops").orElseThrow();
    assertThat(cursor.lost()).isEqualTo(7);
    assertThat(cursor.waiting()).isEqualTo(Cursor.UNACKNOWLEDGED_MAX);
    assertThat(inbox.entries("ops")).hasSize(Cursor.UNACKNOWLEDGED_MAX).containsKey(8L);
    assertThat(inbox.rig().all(StoreNames.INBOX_IDS)).hasSize(Cursor.UNACKNOWLEDGED_MAX);
  }

  @Test
  void shouldDropOldAcknowledgedEntriesAndLoseNothing() {
    // given
    inbox.subscribe("ops", true, "MERGED");
    int queued = Cursor.ACKNOWLEDGED_KEPT + 20;
    for (int i = 1; i <= queued; i++) {
      inbox.event("e" + i, "MERGED");
    }

    // when
    inbox.acknowledge("ops", queued - 1);

    // then
    Cursor cursor = inbox.cursor("ops").orElseThrow();
    assertThat(cursor.lost()).isZero();
    assertThat(cursor.waiting()).isEqualTo(1);
    assertThat(inbox.entries("ops").keySet())
        .hasSize(Cursor.ACKNOWLEDGED_KEPT + 1)
        .startsWith(20L)
        .endsWith((long) queued);
    assertThat(inbox.rig().all(StoreNames.INBOX_IDS)).hasSize(Cursor.ACKNOWLEDGED_KEPT + 1);
  }

  @Test
  void shouldServeThoseWhoWantAllAfterARestart() {
    // given
    inbox.subscribe("ops", true, "MERGED");
    inbox.event("e1", "MERGED");

    // when
    inbox.rig().restart();
    inbox.event("e1", "MERGED");
    inbox.event("e2", "MERGED");

    // then
    assertThat(ids("ops")).containsExactly("e1", "e2");
  }

  @Test
  void shouldSayWhatIsLeftOutWhenAnEventIsLarge() {
    // given
    inbox.subscribe("ops", true, "CI_FAILED");
    var logs = JsonNodeFactory.instance.objectNode().put("logs", "x".repeat(100_000));

    // when
    inbox.send("*", new InboxRecord.Event("e1", "CI_FAILED", "o/r#7", 1, logs, List.of()));

    // then
    assertThat(inbox.entries("ops").get(1L).data()).isEqualTo("{\"omittedChars\":100011}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev-e|not json",
        "dev-e|{\"record\":\"unknown\"}",
        "dev-e|{\"record\":\"event\",\"eventId\":\"e\"}",
        "dev-e|{\"record\":\"acknowledged\",\"ordinal\":1}",
        "dev-e|{\"record\":\"acknowledged\",\"agentId\":\"other\",\"ordinal\":1}",
        "dev-e|{\"record\":\"subscribed\",\"agentId\":\"dev-e\",\"types\":[null]}",
        "dev-e|{\"record\":\"notice\",\"agentId\":\"dev-e\",\"noticeId\":\"n\"}"
      })
  void shouldGoOnWhenARecordCannotBeFolded(String key, String value) {
    // given
    inbox.subscribe("ops", true, "MERGED");

    // when
    inbox.raw(key, value.getBytes(StandardCharsets.UTF_8));
    inbox.event("e1", "MERGED");

    // then
    assertThat(inbox.rig().written(Topics.DLQ_CURSOR)).hasSize(1);
    assertThat(inbox.cursor("dev-e")).isEmpty();
    assertThat(ids("ops")).containsExactly("e1");
  }

  private List<String> ids(String agentId) {
    return inbox.entries(agentId).values().stream().map(InboxEntry::eventId).toList();
  }

  private static Flat registered(List<String> types) {
    return Flat.of("AGENT_REGISTERED", "dev-e")
        .at(RigDriver.START)
        .with("slots", 2)
        .with("subscribedEventTypes", types);
  }
}
