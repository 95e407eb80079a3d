package io.conductore.embedded.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The file through which a running process tells other commands about its parts. */
public final class StatusFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusFile() {}

  public static void write(Layout layout, RunStatus status) throws IOException {
    AtomicText.write(layout.status(), toJson(status).toPrettyString() + "\n");
  }

  /** Empty if there is none, or none that can be read. */
  public static Optional<RunStatus> read(Layout layout) throws IOException {
    try {
      return Optional.of(fromJson(JSON.readTree(Files.readString(layout.status()))));
    } catch (NoSuchFileException | JsonProcessingException e) {
      return Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  public static ObjectNode toJson(RunStatus status) {
    var json = JSON.createObjectNode()
        .put("pid", status.pid())
        .put("since", status.since().toString());
    var parts = json.putArray("parts");
    for (var part : status.parts()) {
      var row = parts
          .addObject()
          .put("part", part.part())
          .put("state", part.state().name().toLowerCase(Locale.ROOT))
          .put("address", part.address())
          .put("since", part.since().toString())
          .put("note", part.note());
      part.pid().ifPresent(pid -> row.put("pid", pid));
    }
    return json;
  }

  private static RunStatus fromJson(JsonNode json) {
    var parts = new ArrayList<PartStatus>();
    json.path("parts").forEach(row -> parts.add(partFromJson(row)));
    return new RunStatus(
        json.path("pid").asLong(), Instant.parse(json.path("since").asText()), parts);
  }

  private static PartStatus partFromJson(JsonNode row) {
    return new PartStatus(
        row.path("part").asText(),
        PartStatus.State.valueOf(row.path("state").asText().toUpperCase(Locale.ROOT)),
        row.path("address").asText(),
        Instant.parse(row.path("since").asText()),
        row.has("pid") ? OptionalLong.of(row.path("pid").asLong()) : OptionalLong.empty(),
        row.path("note").asText());
  }
}
