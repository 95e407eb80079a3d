package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The recorded runs that lie beside the repository: {@code ../shared/data}, or where RIG_DATA says.
 * Absent data fails a test; a test that is skipped without its input proves nothing.
 */
public final class RealRuns {
  private RealRuns() {}

  public static Path data() {
    String given = System.getenv("RIG_DATA");
    String root = System.getProperty("rig.root");
    if (given == null && root == null) {
      throw new AssertionError(
          "neither RIG_DATA nor the system property rig.root says where the data is");
    }
    Path data = given == null ? Path.of(root, "..", "shared", "data") : Path.of(given);
    if (!Files.isDirectory(data)) {
      throw new AssertionError("no recorded runs at " + data.toAbsolutePath().normalize()
          + ": put them there or set RIG_DATA");
    }
    return data;
  }

  static Path file(String name) {
    Path file = data().resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new AssertionError("no recorded run at " + file.toAbsolutePath().normalize());
    }
    return file;
  }

  static List<Path> all(String end) throws IOException {
    try (var files = Files.walk(data())) {
      List<Path> found =
          files.filter(file -> file.toString().endsWith(end)).sorted().toList();
      if (found.isEmpty()) {
        throw new AssertionError("no *" + end + " below " + data());
      }
      return found;
    }
  }

  static List<ObjectNode> events(Path file) throws IOException {
    try (RunEvents run = RecordedRuns.open(file, Labels.none())) {
      return drained(run);
    }
  }

  static List<ObjectNode> drained(RunEvents run) throws IOException {
    List<ObjectNode> events = new ArrayList<>();
    Optional<ObjectNode> next = run.next();
    while (next.isPresent()) {
      events.add(next.get());
      next = run.next();
    }
    return events;
  }

  static List<ObjectNode> ofType(List<ObjectNode> events, String type) {
    return events.stream()
        .filter(event -> event.path("type").asText().equals(type))
        .toList();
  }
}
