package io.conductore.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.flat.FlatText;
import io.conductore.schemas.flat.FlatWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records that were written once, byte for byte, and what they say. No line ever changes; a new
 * event type gets lines of its own. A record of any version must say the same for ever, whatever
 * fields are added.
 */
class GoldenEventsTest {
  private static final String FOLDER = "schemas/src/test/resources/golden/";
  private static final String CURRENT = FOLDER + "v1/events.jsonl";
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();
  /** One line of a golden file. */
  record Golden(String name, Log log, byte[] bytes, JsonNode says) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void shouldSayTheSameForEverWhenDecoded(Golden golden) throws JsonProcessingException {
    // when
    JsonNode says = says(WireBytes.decode(golden.log(), golden.bytes()));
    // then
    assertThat(properties(says)).containsAllEntriesOf(properties(golden.says()));
    assertThat(properties(says.get("data")))
        .containsAllEntriesOf(properties(golden.says().get("data")));
  }

  @Test
  void shouldHoldEveryTypeFullAndMinimalWhenATypeIsAdded() throws IOException {
    // given
    Set<String> wanted = new TreeSet<>();
    EventCatalog.all().forEach(type -> {
      wanted.add(type.wireName() + " full");
      wanted.add(type.wireName() + " minimal");
    });
    // when
    if (CommittedFile.areWritten()) {
      appendMissing();
    }
    Set<String> held = goldens().stream().map(Golden::name).collect(Collectors.toSet());
    // then
    assertThat(held)
        .as(
            "%s holds bytes of each event type; to append those of new types, %s",
            CURRENT, CommittedFile.howToWrite(GoldenEventsTest.class))
        .containsAll(wanted);
  }

  static List<Golden> goldens() throws IOException {
    Path folder = Path.of(System.getProperty("rig.root", "..")).resolve(FOLDER);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(path -> path.toString().endsWith(".jsonl"))
          .sorted()
          .flatMap(GoldenEventsTest::lines)
          .toList();
    }
  }

  private static Stream<Golden> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().map(GoldenEventsTest::golden);
    } catch (IOException unreadable) {
      throw new AssertionError(file.toString(), unreadable);
    }
  }

  private static Golden golden(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      return new Golden(
          json.get("name").textValue(),
          Log.valueOf(json.get("log").textValue()),
          HexFormat.of().parseHex(json.get("hex").textValue()),
          json.get("says"));
    } catch (JsonProcessingException broken) {
      throw new AssertionError(line, broken);
    }
  }

  private static void appendMissing() throws IOException {
    CommittedFile current = CommittedFile.at(CURRENT);
    StringBuilder text = new StringBuilder(current.exists() ? current.read() : "");
    Set<String> held = goldens().stream().map(Golden::name).collect(Collectors.toSet());
    for (EventType type : EventCatalog.all()) {
      for (ObjectNode sample : List.of(FlatSamples.full(type), FlatSamples.minimal(type))) {
        String name = type.wireName() + (sample.has("eventId") ? " full" : " minimal");
        if (!held.contains(name)) {
          text.append(line(name, FlatText.accepted(sample))).append('\n');
        }
      }
    }
    current.write(text.toString());
  }

  private static String line(String name, LogEvent event) throws JsonProcessingException {
    ObjectNode line =
        JSON.createObjectNode().put("name", name).put("log", event.log().name());
    line.put("hex", HexFormat.of().formatHex(WireBytes.encode(event.envelope())));
    line.set("says", says(event.envelope()));
    return line.toString();
  }

  /** By way of its text, so that numbers compare by value and not by their Java type. */
  private static JsonNode says(SpecificRecord envelope) throws JsonProcessingException {
    ObjectNode says = JSON.createObjectNode();
    for (String name : List.of("eventId", "type", "streamId", "occurredAtMs", "recordedAtMs")) {
      Object value = envelope.get(envelope.getSchema().getField(name).pos());
      says.put(name, String.valueOf(value));
    }
    says.set("data", FlatWriter.data(envelope));
    return JSON.readTree(FlatText.print(says));
  }

  private static Map<String, JsonNode> properties(JsonNode json) {
    return json.properties().stream()
        .filter(entry -> !entry.getKey().equals("data"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
