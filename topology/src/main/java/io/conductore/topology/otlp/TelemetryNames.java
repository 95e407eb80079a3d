package io.conductore.topology.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which attributes say whom an export is about; of several the first that is there counts, looked
 * for beside the item and then in the resource. OTEL_RESOURCE_ATTRIBUTES sets them at the agent,
 * telemetry.yaml says here which ones are meant.
 */
public record TelemetryNames(
    List<String> agent,
    List<String> repo,
    List<String> issue,
    List<String> pool,
    List<String> tenant) {
  /** agent.id names the agent unless told otherwise; a service without one stands for itself. */
  public static final TelemetryNames DEFAULT = new TelemetryNames(
      List.of("agent.id", "rig.agent", "service.name"),
      List.of("rig.repo"),
      List.of("rig.issue"),
      List.of("rig.pool"),
      List.of("rig.tenant"));

  private static final List<String> KNOWN = List.of("agent", "repo", "issue", "pool", "tenant");
  private static final int NAMES_MAX = 20;
  private static final int NAME_CHARS_MAX = 200;

  public TelemetryNames {
    agent = List.copyOf(agent);
    repo = List.copyOf(repo);
    issue = List.copyOf(issue);
    pool = List.copyOf(pool);
    tenant = List.copyOf(tenant);
  }

  /**
   * Reads the operator's file: a list of attributes for each of agent, repo, issue, pool and
   * tenant. What it leaves out stays as it is by default, and so does all of it without a file.
   *
   * @throws IllegalArgumentException naming the entry that is wrong
   */
  public static TelemetryNames read(Path file) throws IOException {
    return Files.exists(file) ? of(new YAMLMapper().readTree(file.toFile())) : DEFAULT;
  }

  private static TelemetryNames of(JsonNode root) {
    if (root.isMissingNode() || root.isNull()) {
      return DEFAULT;
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException("the file must be a mapping of names");
    }
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (!KNOWN.contains(entry.getKey())) {
        throw new IllegalArgumentException(
            entry.getKey() + ": only " + String.join(", ", KNOWN) + " are known here");
      }
    }
    TelemetryNames names = new TelemetryNames(
        names(root, "agent", DEFAULT.agent),
        names(root, "repo", DEFAULT.repo),
        names(root, "issue", DEFAULT.issue),
        names(root, "pool", DEFAULT.pool),
        names(root, "tenant", DEFAULT.tenant));
    if (names.agent.isEmpty()) {
      throw new IllegalArgumentException("agent: without a name for the agent nothing is counted");
    }
    return names;
  }

  private static List<String> names(JsonNode root, String key, List<String> otherwise) {
    JsonNode given = root.path(key);
    if (given.isMissingNode()) {
      return otherwise;
    }
    if (!given.isArray() || given.size() > NAMES_MAX) {
      throw new IllegalArgumentException(
          key + ": a list of at most " + NAMES_MAX + " attribute names, as in [agent.id]");
    }
    List<String> names = new ArrayList<>();
    for (JsonNode name : given) {
      boolean good = name.isTextual()
          && !name.textValue().isBlank()
          && name.textValue().length() <= NAME_CHARS_MAX;
      if (!good) {
        throw new IllegalArgumentException(key + "[" + names.size()
            + "]: the name of an attribute, at most " + NAME_CHARS_MAX + " characters");
      }
      names.add(name.textValue());
    }
    return names;
  }

  static Optional<String> of(List<String> names, Signal item) {
    return names.stream()
        .flatMap(name -> item.attributes().text(name).or(() -> item.resource().text(name)).stream())
        .findFirst();
  }
}
