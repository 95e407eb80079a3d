package io.conductore.topology.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.Topics;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.RigDriver.Settings;
import io.conductore.topology.state.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Duplicates die at the head of a log, inside a window; survivors get the next place in their
 * stream.
 */
class LogHeadTest {
  private static final Duration WINDOW = Duration.ofHours(1);

  /** The sweep comes after so many events and looks at more ids than these tests write. */
  private static final int EVENTS_PER_SWEEP = 256;

  @TempDir
  Path folder;

  @Test
  void shouldDropAnEventWhenItsIdWasSeen() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      rig.post(Flat.usage("dev-e", 10, 1).id("e-1"));

      // when
      rig.post(Flat.usage("dev-e", 10, 1).id("e-1"), Flat.usage("dev-e", 99, 9).id("e-1"));

      // then
      assertThat(rig.ordinals(Log.ACTIVITY, "dev-e")).containsExactly(1L);
      assertThat(rig.costs().values()).singleElement().satisfies(sum -> {
        assertThat(sum.calls()).isEqualTo(1);
        assertThat(sum.inputTokens()).isEqualTo(10);
      });
      assertThat(rig.counted("duplicates-dropped")).isEqualTo(2);
    }
  }

  @Test
  void shouldDropAnEventWhenItsIdWasSeenBeforeARestart() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      rig.post(Flat.usage("dev-e", 10, 1).id("e-1"));
      rig.post(Flat.of("ISSUE_APPROVED", "o/r", 1).id("l-1"));

      // when
      rig.restart();
      rig.post(Flat.usage("dev-e", 10, 1).id("e-1"), Flat.usage("dev-e", 10, 1).id("e-2"));
      rig.post(Flat.of("ISSUE_APPROVED", "o/r", 1).id("l-1"));
      rig.post(Flat.of("MERGED", "o/r", 1).id("l-2"));

      // then
      assertThat(rig.ordinals(Log.ACTIVITY, "dev-e")).containsExactly(1L, 2L);
      assertThat(rig.ordinals(Log.LIFECYCLE, "o/r#1")).containsExactly(1L, 2L);
      assertThat(rig.agent("dev-e").ordinal()).isEqualTo(2);
      assertThat(rig.agent("dev-e").budget().hours().byBucket().values())
          .singleElement()
          .satisfies(spent -> assertThat(spent.tokens()).isEqualTo(22));
    }
  }

  @Test
  void shouldKeepTheLogsApartWhenTheyUseTheSameId() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      rig.post(Flat.of("HEARTBEAT", "dev-e").id("same"));

      // when
      rig.post(Flat.of("ISSUE_APPROVED", "o/r", 1).id("same"));

      // then
      assertThat(rig.ordinals(Log.ACTIVITY, "dev-e")).containsExactly(1L);
      assertThat(rig.ordinals(Log.LIFECYCLE, "o/r#1")).containsExactly(1L);
    }
  }

  @Test
  void shouldNumberEachStreamFromOneWithoutGapsWhenStreamsMix() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      String[] agents = {"a", "b", "a/pod", "ab", "a b"};

      // when
      for (int i = 0; i < 30; i++) {
        rig.post(Flat.of("HEARTBEAT", agents[i % agents.length]).id("e-" + i / 2 * 2));
      }

      // then
      assertThat(rig.ordinals(Log.ACTIVITY, "a")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
      assertThat(rig.ordinals(Log.ACTIVITY, "b")).containsExactly(1L, 2L, 3L);
      assertThat(rig.ordinals(Log.ACTIVITY, "ab")).containsExactly(1L, 2L, 3L);
      assertThat(rig.ordinals(Log.ACTIVITY, "a b")).containsExactly(1L, 2L, 3L);
      assertThat(rig.counted("duplicates-dropped")).isEqualTo(15);
    }
  }

  @Test
  void shouldRememberThePlaceWhenAnIdWasAppended() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      rig.post(Flat.of("HEARTBEAT", "dev-e").id("e-1"));

      // when
      rig.post(Flat.of("HEARTBEAT", "dev-e").id("e-2"));

      // then
      Map<byte[], SeenId> ids = rig.all(StoreNames.ACTIVITY_IDS);
      assertThat(ids.values()).extracting(SeenId::ordinal).containsExactlyInAnyOrder(1L, 2L);
    }
  }

  @Test
  void shouldKeepOnlyTheNewestEntriesWhenAStreamIsLong() {
    try (RigDriver rig = RigDriver.in(folder, Settings.DEFAULT.streamEntriesMax(5))) {
      // given
      Flat[] beats =
          IntStream.range(0, 12).mapToObj(i -> Flat.of("HEARTBEAT", "dev-e")).toArray(Flat[]::new);

      // when
      rig.post(beats);
      rig.post(Flat.of("HEARTBEAT", "other"));

      // then
      assertThat(rig.ordinals(Log.ACTIVITY, "dev-e")).containsExactly(8L, 9L, 10L, 11L, 12L);
      assertThat(rig.ordinals(Log.ACTIVITY, "other")).containsExactly(1L);
    }
  }

  @Test
  void shouldForgetAnIdWhenTheSweepFindsItOutsideTheWindow() {
    try (RigDriver rig = RigDriver.in(folder, Settings.DEFAULT.dedupWindow(WINDOW))) {
      // given
      rig.post(Flat.usage("dev-e", 1, 0).id("old"));
      rig.advance(WINDOW.plusMillis(1));
      rig.post(Flat.usage("dev-e", 1, 0).id("young"));

      // when
      beats(rig, EVENTS_PER_SWEEP);

      // then
      Map<byte[], SeenId> ids = rig.all(StoreNames.ACTIVITY_IDS);
      assertThat(ids).hasSize(EVENTS_PER_SWEEP + 1);
      rig.post(Flat.usage("dev-e", 1, 0).id("old"), Flat.usage("dev-e", 1, 0).id("young"));
      assertThat(rig.counted("duplicates-dropped")).isEqualTo(1);
      assertThat(sumOfInput(rig)).as("outside the window, counted twice").isEqualTo(3);
    }
  }

  @Test
  void shouldKeepEveryIdWhenTheWindowIsNotOver() {
    try (RigDriver rig = RigDriver.in(folder, Settings.DEFAULT.dedupWindow(WINDOW))) {
      // given
      rig.post(Flat.usage("dev-e", 1, 0).id("old"));
      rig.advance(WINDOW);

      // when
      beats(rig, EVENTS_PER_SWEEP);
      rig.post(Flat.usage("dev-e", 1, 0).id("old"));

      // then
      assertThat(rig.counted("duplicates-dropped")).isEqualTo(1);
      assertThat(sumOfInput(rig)).isEqualTo(1);
    }
  }

  @Test
  void shouldExpireNobodyWhenOneClockIsWrong() {
    try (RigDriver rig = RigDriver.in(folder, Settings.DEFAULT.dedupWindow(WINDOW))) {
      // given
      rig.post(Flat.usage("dev-e", 1, 0).id("honest"));
      rig.append(recordedAt("future", Instant.parse("2100-01-01T00:00:00Z")));
      rig.append(recordedAt("never set", Instant.EPOCH));
      rig.append(recordedAt("negative", Instant.ofEpochMilli(Long.MIN_VALUE)));

      // when
      beats(rig, EVENTS_PER_SWEEP);
      rig.post(Flat.usage("dev-e", 1, 0).id("honest"));
      rig.append(recordedAt("future", Instant.parse("2100-01-01T00:00:00Z")));
      rig.append(recordedAt("never set", Instant.EPOCH));
      rig.append(recordedAt("negative", Instant.ofEpochMilli(Long.MIN_VALUE)));

      // then
      assertThat(rig.counted("duplicates-dropped")).isEqualTo(4);
      assertThat(sumOfInput(rig)).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseAnEventWhenTheKeyDoesNotNameItsStream() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      LogEvent event = rig.read(Flat.of("HEARTBEAT", "dev-e"));
      byte[] value = rig.codecs().encode(event);

      // when
      rig.record(Log.ACTIVITY.topic(), "dev-f".getBytes(), value);

      // then
      assertThat(rig.written(Topics.DLQ_ACTIVITY)).singleElement().satisfies(letter -> {
        assertThat(letter.key()).isEqualTo("dev-f".getBytes());
        assertThat(letter.value()).isEqualTo(value);
      });
      assertThat(rig.all(StoreNames.AGENTS)).isEmpty();
    }
  }

  private static AgentActivity recordedAt(String id, Instant time) {
    AgentActivity event = new AgentActivity();
    event.setEventId(id);
    event.setType("HEARTBEAT");
    event.setStreamId("skewed");
    event.setOccurredAtMs(RigDriver.START.toEpochMilli());
    event.setRecordedAtMs(time.toEpochMilli());
    event.setPayload(new io.conductore.schemas.activity.MemoryHitUsed());
    return event;
  }

  private static void beats(RigDriver rig, int count) {
    LongStream.range(0, count).forEach(i -> rig.post(Flat.of("HEARTBEAT", "filler")));
  }

  private static long sumOfInput(RigDriver rig) {
    return rig.costs().values().stream().mapToLong(sum -> sum.inputTokens()).sum();
  }
}
