package io.conductore.topology.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Log;
import io.conductore.schemas.Topics;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.head.DeadLetters;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What INTAKE refuses goes to the dead letters byte for byte, says why, and stops nothing. */
class IntakeDeadLetterTest {
  private static final byte[] KEY = {0, (byte) 0xff, 7};

  @TempDir
  Path folder;

  private RigDriver rig;

  private record Refused(String what, byte @Nullable [] value, String reason) {}

  private static List<Refused> refused() {
    return List.of(
        new Refused("cut off", utf8("{\"type\":\"HEARTBEAT\",\"agentId\":"), "one JSON object"),
        new Refused("no value", null, "needs a value"),
        new Refused("empty value", new byte[0], "An event is a JSON object."),
        new Refused("white space", utf8("  \n"), "An event is a JSON object."),
        new Refused("JSON null", utf8("null"), "An event is a JSON object."),
        new Refused("a number", utf8("12"), "An event is a JSON object."),
        new Refused("an array", utf8("[" + heartbeat() + "]"), "An event is a JSON object."),
        new Refused("garbage behind", utf8(heartbeat() + " x"), "one JSON object"),
        new Refused("two objects", utf8(heartbeat() + heartbeat()), "one JSON object"),
        new Refused(
            "a name twice",
            utf8("{\"type\":\"HEARTBEAT\",\"agentId\":\"a\",\"agentId\":\"b\"}"),
            "one JSON object"),
        new Refused(
            "a name in two cases",
            utf8("{\"type\":\"HEARTBEAT\",\"agentId\":\"a\",\"AgentId\":\"b\"}"),
            "AgentId is given twice"),
        new Refused(
            "unknown type", utf8("{\"type\":\"HEARTBEATS\",\"agentId\":\"a\"}"), "HEARTBEATS"),
        new Refused("no type", utf8("{\"agentId\":\"a\"}"), "type must be a string"),
        new Refused("no agent", utf8("{\"type\":\"HEARTBEAT\"}"), "agentId is required"),
        new Refused("no issue", utf8("{\"type\":\"MERGED\",\"repo\":\"o/r\"}"), "issueNumber"),
        new Refused(
            "wrong kind",
            utf8("{\"type\":\"TOKEN_USAGE\",\"agentId\":\"a\",\"inputTokens\":\"many\"}"),
            "inputTokens"),
        new Refused(
            "a name too long for a key",
            utf8("{\"type\":\"TOOL_CALL\",\"agentId\":\"a\",\"tool\":\"" + "x".repeat(201) + "\"}"),
            "tool must be a string of at most 200 characters"),
        new Refused(
            "an agent too long for a key",
            utf8("{\"type\":\"HEARTBEAT\",\"agentId\":\"" + "x".repeat(201) + "\"}"),
            "agentId must be a string of 1 to 200 characters"),
        new Refused("not UTF-8", new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"'}, "JSON"),
        new Refused("too deep", utf8("[".repeat(5_000)), "one JSON object"),
        new Refused("Avro", new byte[] {0, 0x77, 0x35, (byte) 0x94, 0, 1, 2}, "one JSON object"));
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
  void shouldSayWhereItLiesWhenItIsTooLargeForALetter() {
    // given: only a compressed batch brings this through the broker
    byte[] huge = ("{\"type\":\"HEARTBEAT\",\"agentId\":\"a\",\"degradedReasons\":[\"\""
            + (",\"" + "x".repeat(8_000) + "\"").repeat(200)
            + "]}")
        .getBytes(UTF_8);

    // when
    rig.record(Topics.INGRESS, KEY, huge);

    // then
    assertThat(rig.written(Log.ACTIVITY.topic())).isEmpty();
    assertThat(rig.written(Topics.DLQ_INTAKE)).singleElement().satisfies(letter -> {
      assertThat(letter.value()).isEmpty();
      assertThat(header(letter, DeadLetters.REASON)).contains("too many for a letter");
      assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("0");
    });
  }

  @Test
  void shouldKeepEveryByteWhenItRefuses() {
    List<Refused> cases = refused();
    for (int i = 0; i < cases.size(); i++) {
      // given
      Refused bad = cases.get(i);
      RecordHeaders headers = new RecordHeaders();
      headers.add("trace", new byte[] {1, 2});

      // when
      rig.record(Topics.INGRESS, new TestRecord<>(KEY, bad.value(), headers, rig.now()));

      // then
      assertThat(rig.written(Topics.DLQ_INTAKE)).as(bad.what()).hasSize(i + 1);
      TestRecord<byte[], byte[]> letter = rig.written(Topics.DLQ_INTAKE).getLast();
      assertThat(letter.key()).as(bad.what()).isEqualTo(KEY);
      assertThat(letter.value()).as(bad.what()).isEqualTo(bad.value());
      assertThat(letter.headers().lastHeader("trace").value()).containsExactly(1, 2);
      assertThat(header(letter, DeadLetters.REASON)).as(bad.what()).contains(bad.reason());
      assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(Topics.INGRESS);
      assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("0");
      assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("" + i);
    }
    assertThat(rig.written(Log.ACTIVITY.topic())).isEmpty();
    assertThat(rig.written(Log.LIFECYCLE.topic())).isEmpty();
  }

  @Test
  void shouldGoOnWithTheNextRecordWhenOneIsRefused() {
    // given
    rig.record(Topics.INGRESS, null, utf8("{"));

    // when
    rig.ingress(Flat.of("HEARTBEAT", "dev-e"));

    // then
    assertThat(rig.agent("dev-e").ordinal()).isEqualTo(1);
    assertThat(rig.written(Topics.DLQ_INTAKE).getFirst().key()).isNull();
  }

  @Test
  void shouldKeepOnlyTheLastReasonWhenALetterDiesAgain() {
    // given
    rig.record(Topics.INGRESS, null, utf8("{"));
    TestRecord<byte[], byte[]> letter = rig.written(Topics.DLQ_INTAKE).getFirst();

    // when
    rig.record(Topics.INGRESS, letter);

    // then
    TestRecord<byte[], byte[]> again = rig.written(Topics.DLQ_INTAKE).getLast();
    assertThat(StreamSupport.stream(again.headers().spliterator(), false).map(Header::key))
        .containsExactlyInAnyOrder(
            DeadLetters.REASON, DeadLetters.TOPIC, DeadLetters.PARTITION, DeadLetters.OFFSET);
    assertThat(header(again, DeadLetters.OFFSET)).isEqualTo("1");
  }

  @Test
  void shouldBoundTheReasonWhenEverythingIsWrong() {
    // given
    Flat wrong = Flat.of("HEARTBEAT", "dev-e");
    for (String name : new String[] {"status", "currentRepo", "activeProvider", "uptimeSeconds"}) {
      wrong.with(name, new int[] {1}).with("source", 1).with("x" + name, "y".repeat(9_000));
    }

    // when
    rig.ingress(wrong);

    // then
    assertThat(header(rig.written(Topics.DLQ_INTAKE).getFirst(), DeadLetters.REASON))
        .hasSizeLessThanOrEqualTo(1_000)
        .contains("status must be a string");
  }

  private static String heartbeat() {
    return "{\"type\":\"HEARTBEAT\",\"agentId\":\"a\"}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
