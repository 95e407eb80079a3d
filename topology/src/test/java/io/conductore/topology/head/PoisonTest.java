package io.conductore.topology.head;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Log;
import io.conductore.schemas.Topics;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.BudgetLimitChanged;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.flat.FlatLimits;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.state.StoreNames;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * R17: no record stops a log; what cannot be processed is kept byte for byte and leaves no other
 * trace.
 */
class PoisonTest {
  private static final int IN_A_ROW = 1_000;
  private static final byte[] KEY = "dev-e".getBytes(UTF_8);

  @TempDir
  Path folder;

  private RigDriver rig;

  /**
   * A way in which a record of the activity log can be wrong, and what the letter says about it.
   */
  private enum Poison {
    NO_KEY(null, "key must be the stream"),
    OTHER_KEY("dev".getBytes(UTF_8), "key must be the stream"),
    NO_VALUE(KEY, "needs a value"),
    EMPTY_VALUE(KEY, "shorter than the 5 byte header"),
    BAD_MAGIC(KEY, "first byte is 1"),
    UNKNOWN_SCHEMA(KEY, "schema id 4711"),
    CUT_OFF(KEY, "schema id"),
    LEFT_OVER(KEY, "left over"),
    OTHER_LOG(KEY, "schema id"),
    RANDOM(KEY, "first byte is");

    private final byte @Nullable [] key;
    private final String reason;

    Poison(byte @Nullable [] key, String reason) {
      this.key = key;
      this.reason = reason;
    }

    byte @Nullable [] value(RigDriver rig) {
      byte[] good = rig.codecs().encode(rig.read(Flat.of("HEARTBEAT", "dev-e").id("p")));
      return switch (this) {
        case NO_KEY, OTHER_KEY -> good;
        case NO_VALUE -> null;
        case EMPTY_VALUE -> new byte[0];
        case BAD_MAGIC -> ByteBuffer.wrap(good).put(0, (byte) 1).array();
        case UNKNOWN_SCHEMA -> ByteBuffer.wrap(good).putInt(1, 4711).array();
        case CUT_OFF -> Arrays.copyOf(good, good.length / 2);
        case LEFT_OVER -> Arrays.copyOf(good, good.length + 1);
        case OTHER_LOG ->
          rig.codecs().encode(rig.read(Flat.of("MERGED", "o/r", 1).id("p")));
        case RANDOM -> new byte[] {-1, -2, -3, -4, -5, -6, -7};
      };
    }
  }

  @BeforeEach
  void open() {
    rig = RigDriver.in(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldKeepEveryByteWhenARecordIsPoison() {
    for (Poison poison : Poison.values()) {
      // given
      byte[] value = poison.value(rig);

      // when
      rig.record(Log.ACTIVITY.topic(), poison.key, value);

      // then
      TestRecord<byte[], byte[]> letter = rig.written(Topics.DLQ_ACTIVITY).getLast();
      assertThat(rig.written(Topics.DLQ_ACTIVITY)).as("%s", poison).hasSize(poison.ordinal() + 1);
      assertThat(letter.key()).as("%s", poison).isEqualTo(poison.key);
      assertThat(letter.value()).as("%s", poison).isEqualTo(value);
      assertThat(header(letter, DeadLetters.REASON)).contains(poison.reason);
      assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo("rig.activity");
      assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("" + poison.ordinal());
    }
    assertThat(rig.all(StoreNames.AGENTS)).isEmpty();
    assertThat(rig.all(StoreNames.ACTIVITY_IDS)).isEmpty();
    assertThat(rig.counted("dead-letters")).isEqualTo(Poison.values().length);
  }

  @Test
  void shouldKeepALifecycleRecordWhenItIsPoison() {
    // given
    byte[] value = {0, 1};

    // when
    rig.record(Log.LIFECYCLE.topic(), KEY, value);

    // then
    assertThat(rig.written(Topics.DLQ_LIFECYCLE)).singleElement().satisfies(letter -> {
      assertThat(letter.key()).isEqualTo(KEY);
      assertThat(letter.value()).isEqualTo(value);
    });
  }

  @Test
  void shouldKeepOutWhatIsTooLongForAKeyWhenItWentPastTheDoors() {
    // given
    AgentActivity event = direct(new TokenUsage());
    event.setStreamId("x".repeat(FlatLimits.STREAM_ID_CHARS_MAX + 1));

    // when
    rig.append(event);

    // then
    assertThat(rig.all(StoreNames.AGENTS)).isEmpty();
    assertThat(rig.written(Topics.DLQ_ACTIVITY))
        .singleElement()
        .satisfies(letter -> assertThat(header(letter, DeadLetters.REASON))
            .isEqualTo("a stream's id has at most 411 characters"));
  }

  @Test
  void shouldLoseNothingWhenAThousandComeInARow() {
    // given
    rig.post(Flat.usage("dev-e", 10, 1));

    // when
    for (int i = 0; i < IN_A_ROW; i++) {
      byte[] value =
          ByteBuffer.allocate(9).put((byte) (i % 3)).putInt(i).putInt(i).array();
      rig.record(Log.ACTIVITY.topic(), ByteBuffer.allocate(4).putInt(i).array(), value);
    }
    rig.post(Flat.usage("dev-e", 10, 1));

    // then
    List<TestRecord<byte[], byte[]>> letters = rig.written(Topics.DLQ_ACTIVITY);
    assertThat(letters).hasSize(IN_A_ROW);
    for (int i = 0; i < IN_A_ROW; i++) {
      byte[] value =
          ByteBuffer.allocate(9).put((byte) (i % 3)).putInt(i).putInt(i).array();
      assertThat(ByteBuffer.wrap(letters.get(i).key()).getInt()).isEqualTo(i);
      assertThat(letters.get(i).value()).isEqualTo(value);
    }
    assertThat(rig.agent("dev-e").ordinal()).isEqualTo(2);
    assertThat(rig.progress().position(Log.ACTIVITY.topic(), 0)).hasValue(IN_A_ROW + 2);
  }

  @Test
  void shouldFoldTheOthersExactlyWhenEveryTenthIsPoison() {
    // given
    Poison[] kinds = Poison.values();

    // when
    for (int i = 0; i < 100; i++) {
      if (i % 10 == 5) {
        Poison poison = kinds[i / 10];
        rig.record(Log.ACTIVITY.topic(), poison.key, poison.value(rig));
      }
      rig.post(Flat.usage("dev-e", 1, 0).id("e-" + i));
    }

    // then
    assertThat(rig.written(Topics.DLQ_ACTIVITY)).hasSize(10);
    assertThat(rig.agent("dev-e").ordinal()).isEqualTo(100);
    assertThat(rig.costs().values())
        .singleElement()
        .satisfies(sum -> assertThat(sum.inputTokens()).isEqualTo(100));
  }

  @Test
  void shouldFoldALetterWhenItIsReplayedAfterItsKeyWasMended() {
    // given
    byte[] value = Poison.NO_KEY.value(rig);
    rig.record(Log.ACTIVITY.topic(), null, value);
    TestRecord<byte[], byte[]> letter = rig.written(Topics.DLQ_ACTIVITY).getFirst();

    // when
    rig.record(Log.ACTIVITY.topic(), KEY, letter.value());

    // then
    assertThat(rig.agent("dev-e").ordinal()).isEqualTo(1);
  }

  @Test
  void shouldWriteNothingWhenTheFoldRefusesAnEvent() {
    // given
    rig.post(Flat.usage("dev-e", 10, 1).with("sessionId", "s1").id("before"));
    Map<String, Map<Object, Object>> before = stores();
    List<AgentActivity> refused = refusedByTheFold();

    // when
    refused.forEach(rig::append);

    // then
    assertThat(stores()).usingRecursiveComparison().isEqualTo(before);
    assertThat(rig.written(Topics.DLQ_ACTIVITY))
        .extracting(letter -> header(letter, DeadLetters.REASON))
        .satisfiesExactly(
            sum -> assertThat(sum).contains("a sum left its range"),
            sum -> assertThat(sum).contains("a sum left its range"),
            sum -> assertThat(sum).contains("a sum left its range"),
            bug -> assertThat(bug).contains("the fold failed", "WEEK"));
    assertThat(rig.derived()).isEmpty();
  }

  @Test
  void shouldTakeTheSameIdLaterWhenTheFoldRefusedItOnce() {
    // given
    rig.post(Flat.usage("dev-e", 10, 1));
    TokenUsage huge = new TokenUsage();
    huge.setInputTokens(Long.MAX_VALUE);
    rig.append(direct(huge));

    // when
    rig.append(direct(new TokenUsage()));

    // then
    assertThat(rig.agent("dev-e").ordinal()).isEqualTo(2);
    assertThat(rig.written(Topics.DLQ_ACTIVITY)).hasSize(1);
  }

  private static List<AgentActivity> refusedByTheFold() {
    TokenUsage huge = new TokenUsage();
    huge.setInputTokens(Long.MAX_VALUE);
    TokenUsage wraps = new TokenUsage();
    wraps.setInputTokens(Long.MAX_VALUE);
    wraps.setOutputTokens(Long.MAX_VALUE);
    TokenUsage dear = new TokenUsage();
    dear.setCostPicoUsd(Long.MAX_VALUE);
    BudgetLimitChanged week = new BudgetLimitChanged("week", 1L, null, null, null, null, null);
    return List.of(direct(huge), direct(wraps), direct(dear), direct(week));
  }

  private Map<String, Map<Object, Object>> stores() {
    return Map.of(
        StoreNames.AGENTS, rig.all(StoreNames.AGENTS),
        StoreNames.SESSIONS, rig.all(StoreNames.SESSIONS),
        StoreNames.COSTS, rig.all(StoreNames.COSTS),
        StoreNames.ACTIVITY_STREAMS, rig.all(StoreNames.ACTIVITY_STREAMS));
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static AgentActivity direct(SpecificRecord payload) {
    AgentActivity event = new AgentActivity();
    event.setEventId("direct");
    event.setType("TOKEN_USAGE");
    event.setStreamId("dev-e");
    event.setSessionId("s1");
    event.setOccurredAtMs(RigDriver.START.toEpochMilli());
    event.setRecordedAtMs(RigDriver.START.toEpochMilli());
    event.setPayload(payload);
    return event;
  }
}
