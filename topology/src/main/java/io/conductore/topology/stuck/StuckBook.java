package io.conductore.topology.stuck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The thresholds of stuck.yaml:
 *
 * <pre>
 * default: {same-tool: {nudge: 3, stuck: 5, turns: 10}, no-change: off}
 * pools:
 *   nightly: {waiting: {seconds: 60}}
 * agents:
 *   dev-e: {same-error: {stuck: 6}}
 * </pre>
 *
 * What an agent's entry leaves out comes from its pool's, then from default, then from the seed. A
 * name that is not known is refused: a misspelt threshold would be none.
 */
public final class StuckBook {
  public static final StuckBook SEED = new StuckBook(StuckRules.SEED, Map.of(), Map.of());

  private final StuckRules byDefault;
  private final Map<String, StuckRules> byPool;

  /** By agent, and then by pool; the empty pool stands for one without an entry. */
  private final Map<String, Map<String, StuckRules>> byAgent;

  private StuckBook(
      StuckRules byDefault,
      Map<String, StuckRules> byPool,
      Map<String, Map<String, StuckRules>> byAgent) {
    this.byDefault = byDefault;
    this.byPool = byPool;
    this.byAgent = byAgent;
  }

  /** The same thresholds for everybody. */
  public static StuckBook of(StuckRules rules) {
    return new StuckBook(rules, Map.of(), Map.of());
  }

  public StuckRules of(String agentId, String pool) {
    Map<String, StuckRules> own = byAgent.get(agentId);
    if (own != null) {
      StuckRules inPool = own.get(pool);
      return inPool == null ? own.getOrDefault("", byDefault) : inPool;
    }
    return byPool.getOrDefault(pool, byDefault);
  }

  /**
   * Reads the file; a missing file means the seed's numbers.
   *
   * @throws IllegalArgumentException naming the entry that is wrong
   */
  public static StuckBook read(Path file) throws IOException {
    return Files.exists(file) ? read(new YAMLMapper().readTree(file.toFile())) : SEED;
  }

  static StuckBook read(JsonNode root) {
    StuckYaml.names("the file", root, List.of("default", "pools", "agents"));
    StuckRules byDefault = StuckYaml.rules("default", root.path("default"), StuckRules.SEED);
    Map<String, StuckRules> pools = new TreeMap<>();
    StuckYaml.mapping("pools", root.path("pools"));
    root.path("pools")
        .properties()
        .forEach(entry -> pools.put(
            entry.getKey(),
            StuckYaml.rules("pools." + entry.getKey(), entry.getValue(), byDefault)));
    Map<String, Map<String, StuckRules>> agents = new TreeMap<>();
    StuckYaml.mapping("agents", root.path("agents"));
    root.path("agents").properties().forEach(entry -> {
      String where = "agents." + entry.getKey();
      Map<String, StuckRules> own = new TreeMap<>();
      own.put("", StuckYaml.rules(where, entry.getValue(), byDefault));
      pools.forEach(
          (pool, rules) -> own.put(pool, StuckYaml.rules(where, entry.getValue(), rules)));
      agents.put(entry.getKey(), own);
    });
    return new StuckBook(byDefault, pools, agents);
  }
}
