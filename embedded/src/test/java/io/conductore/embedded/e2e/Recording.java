package io.conductore.embedded.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conductore.topology.otlp.OtlpKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One recorded session of the real Claude Code: what it exported, wrote, and counted itself. */
record Recording(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Recording of(String session) {
    String elsewhere = System.getenv("RIG_DATA");
    Path data = elsewhere == null
        ? Path.of(System.getProperty("rig.root"), "..", "shared", "data").normalize()
        : Path.of(elsewhere);
    return new Recording(data.resolve("claude-code-live").resolve(session));
  }

  /** An export as it was posted. */
  record Export(byte[] body, String contentType) {}

  /** Empty for a signal that this session did not export. */
  Optional<Export> export(OtlpKind kind) throws IOException {
    String name = "otlp-" + kind.path().substring("/v1/".length());
    Path json = folder.resolve(name + ".json");
    Path proto = folder.resolve(name + ".pb");
    if (Files.exists(json)) {
      return Optional.of(new Export(Files.readAllBytes(json), "application/json"));
    }
    return Files.exists(proto)
        ? Optional.of(new Export(Files.readAllBytes(proto), "application/x-protobuf"))
        : Optional.empty();
  }

  Path transcript() {
    return folder.resolve("transcript.jsonl");
  }

  /** The tool's own totals. */
  JsonNode result() throws IOException {
    return JSON.readTree(folder.resolve("result.json").toFile());
  }

  String sessionId() throws IOException {
    return result().path("session_id").asText();
  }
}
