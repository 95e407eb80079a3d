package io.conductore.agent.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.agent.transcript.FileHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far each file is told, in a JSON file that is replaced as a whole. Without it, or with one
 * that cannot be read, everything is told again, which changes nothing: the ids are the same.
 */
final class FollowState {
  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final SortedMap<String, FileMark> marks = new TreeMap<>();
  private boolean changed;

  private FollowState(Path file) {
    this.file = file;
  }

  static FollowState read(Path file) {
    FollowState state = new FollowState(file);
    try {
      JsonNode root = Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : null;
      if (root != null && root.path("version").asInt() == VERSION) {
        root.path("files").properties().forEach(entry -> state.take(entry));
      }
    } catch (IOException unreadable) {
      state.marks.clear();
    }
    return state;
  }

  @Nullable
  FileMark of(Path path) {
    return marks.get(path.toString());
  }

  void put(Path path, FileMark mark) {
    changed |= !mark.equals(marks.put(path.toString(), mark));
  }

  void forget(Path path) {
    changed |= marks.remove(path.toString()) != null;
  }

  /** Writes beside the file and then takes its place: a crash leaves the old one. */
  void save() throws IOException {
    if (!changed) {
      return;
    }
    ObjectNode root = JSON.createObjectNode().put("version", VERSION);
    ObjectNode files = root.putObject("files");
    marks.forEach((path, mark) -> files
        .putObject(path)
        .put("size", mark.size())
        .put("toldTo", mark.toldTo())
        .put("whole", mark.whole())
        .put("headBytes", mark.head().bytes())
        .put("head", mark.head().digest()));
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    changed = false;
  }

  private void take(Map.Entry<String, JsonNode> entry) {
    JsonNode mark = entry.getValue();
    marks.put(
        entry.getKey(),
        new FileMark(
            mark.path("size").asLong(),
            mark.path("toldTo").asLong(),
            mark.path("whole").asBoolean(),
            new FileHead(mark.path("headBytes").asInt(), mark.path("head").asText())));
  }
}
