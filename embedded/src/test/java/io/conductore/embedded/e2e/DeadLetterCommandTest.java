package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.conductore.schemas.BundledSchemas;
import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.Topics;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.schemas.registry.SchemaFiles;
import io.conductore.schemas.registry.SchemaIds;
import io.conductore.topology.head.EventCodecs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** `rig dlq` on a running rig, as a person uses it: look, mend what was wrong, send back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLetterCommandTest {
  private static final int SCHEMA_ID_UNKNOWN = 7;
  private static final int REQUEST_BYTES_MAX = 4_000_000;
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir
  static Path data;

  private RigProcess rig;

  @BeforeAll
  void start() throws Exception {
    rig = RigProcess.start(data);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @Test
  void shouldShowEveryByteAsItCame() throws Exception {
    // given
    byte[] text =
        "{\"type\":\"HEARTBEAT\",\n\t\"agentId\": \"æ½\"".getBytes(StandardCharsets.UTF_8);
    byte[] binary = {0, 1, 2, (byte) 0xff, '\n', 0x1b, '[', '2', 'J'};

    // when
    send(Topics.INGRESS, "some-key", text);
    String ofText = awaitPlace(Topics.DLQ_INTAKE, "some-key");
    send(Topics.INGRESS, "other-key", binary);
    String ofBinary = awaitPlace(Topics.DLQ_INTAKE, "other-key");

    // then
    String shownText = dlq("show", ofText).text();
    assertThat(shownText).contains("reason   the value is not one JSON object\n");
    assertThat(shownText).contains("source   rig.ingress-", "key      some-key\n");
    assertThat(value(shownText)).isEqualTo(new String(text, StandardCharsets.UTF_8));
    assertThat(value(dlq("show", ofBinary).text()))
        .isEqualTo("0x" + HexFormat.of().formatHex(binary));
  }

  @Test
  void shouldGiveTheEventWhenReplayedAfterTheFix() throws Exception {
    // given
    send(Log.ACTIVITY.topic(), "mended", heartbeatWithUnknownSchema("mended"));
    String place = awaitPlace(Topics.DLQ_ACTIVITY, "mended");
    int before = rig.get("/api/agents/mended").statusCode();

    // when
    Path schema = rig.folder().resolve("schemas/" + SCHEMA_ID_UNKNOWN + ".avsc");
    Files.writeString(schema, Log.ACTIVITY.schema().toString());
    RigProcess.Said replayed = dlq("replay", place);

    // then
    assertThat(before).isEqualTo(404);
    assertThat(replayed.text()).isEqualTo("1 letter sent back\n");
    Awaitility.await().atMost(SOON).until(() -> rig.get("/api/agents/mended").statusCode() == 200);
    assertThat(rig.json("/api/agents/mended").path("status").asText()).isEqualTo("idle");
  }

  @Test
  void shouldGoOnWhenACompressedRecordIsTooLargeForALetter() throws Exception {
    // given
    byte[] huge = "x".repeat(3_000_000).getBytes(StandardCharsets.UTF_8);

    // when
    send(Topics.INGRESS, "huge", huge);
    send(Topics.INGRESS, "after", "{\"type\":\"ANYTHING\"}".getBytes(StandardCharsets.UTF_8));
    String after = awaitPlace(Topics.DLQ_INTAKE, "after");

    // then
    assertThat(dlq("show", after).text()).contains("Unknown event type: ANYTHING");
    assertThat(dlq("list").text())
        .containsPattern("rig\\.ingress-\\d@\\d+  \\d+ bytes are too many");
  }

  /** The place of the letter with this key, as `dlq list` names it. */
  private String awaitPlace(String topic, String key) {
    return Awaitility.await()
        .atMost(SOON)
        .until(
            () -> dlq("list")
                .text()
                .lines()
                .filter(line -> line.startsWith(topic + "@") && line.endsWith("  " + key))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElse(""),
            place -> !place.isEmpty());
  }

  private RigProcess.Said dlq(String verb, String... places) throws Exception {
    String[] arguments = new String[places.length + 4];
    arguments[0] = "dlq";
    arguments[1] = verb;
    System.arraycopy(places, 0, arguments, 2, places.length);
    arguments[places.length + 2] = "--kafka";
    arguments[places.length + 3] = rig.bootstrapServers();
    RigProcess.Said said = rig.run(arguments);
    assertThat(said.status()).as(said.text()).isZero();
    return said;
  }

  private static String value(String shown) {
    String mark = "\nvalue    ";
    return shown.substring(shown.indexOf(mark) + mark.length(), shown.length() - 1);
  }

  private static byte[] heartbeatWithUnknownSchema(String agentId) throws Exception {
    String json =
        "{\"type\":\"HEARTBEAT\",\"agentId\":\"%s\",\"status\":\"idle\"}".formatted(agentId);
    Reading reading = new Reading(System.currentTimeMillis(), () -> agentId + "-1", "test");
    FlatOutcome read = FlatReader.read(new ObjectMapper().readTree(json), reading);
    LogEvent event = ((FlatOutcome.Accepted) read).event();
    byte[] bytes = codecs().encode(event);
    ByteBuffer.wrap(bytes).putInt(1, SCHEMA_ID_UNKNOWN);
    return bytes;
  }

  private static EventCodecs codecs() {
    SchemaIds ids = SchemaIds.bundled(BundledSchemas.byId(), SchemaFiles.none());
    for (Log log : Log.values()) {
      ids.adopt(log.subject(), log.schema());
    }
    return EventCodecs.of(ids);
  }

  private void send(String topic, String key, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        rig.bootstrapServers(),
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        "gzip",
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        REQUEST_BYTES_MAX,
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class))) {
      byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, keyBytes, value)).get();
    }
  }
}
