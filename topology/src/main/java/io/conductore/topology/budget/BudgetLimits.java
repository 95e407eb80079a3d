package io.conductore.topology.budget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.conductore.schemas.Usd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The limits of budgets.yaml:
 *
 * <pre>
 * default: {hour: {tokens: 50000}, day: {tokens: 200000, usd: 20}}
 * agents:
 *   dev-e: {day: {tokens: 100000}}
 * </pre>
 *
 * What an agent's entry leaves out comes from default; what both leave out is unlimited. A name
 * that is not known is refused: a misspelt limit would be no limit.
 */
public record BudgetLimits(Map<Window, Limit> byDefault, Map<String, Map<Window, Limit>> byAgent) {
  private static final double LIMIT_USD_MAX = 1_000_000;
  public static final BudgetLimits NONE = new BudgetLimits(Map.of(), Map.of());

  public Limit of(String agentId, Window window) {
    Limit own = byAgent.getOrDefault(agentId, Map.of()).getOrDefault(window, Limit.NONE);
    return own.or(byDefault.getOrDefault(window, Limit.NONE));
  }

  /**
   * Reads the file; a missing file means no limits.
   *
   * @throws IllegalArgumentException naming the entry that is wrong
   */
  public static BudgetLimits read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NONE;
    }
    JsonNode root = new YAMLMapper().readTree(file.toFile());
    names("the file", root, List.of("default", "agents"));
    mapping("agents", root.path("agents"));
    Map<String, Map<Window, Limit>> agents = new TreeMap<>();
    root.path("agents")
        .properties()
        .forEach(entry ->
            agents.put(entry.getKey(), windows("agents." + entry.getKey(), entry.getValue())));
    return new BudgetLimits(windows("default", root.path("default")), agents);
  }

  private static Map<Window, Limit> windows(String where, JsonNode node) {
    names(where, node, List.of("hour", "day"));
    Map<Window, Limit> windows = new TreeMap<>();
    node.properties()
        .forEach(entry -> windows.put(
            Window.ofWord(entry.getKey()), limit(where + "." + entry.getKey(), entry.getValue())));
    return windows;
  }

  private static Limit limit(String where, JsonNode node) {
    names(where, node, List.of("tokens", "usd"));
    JsonNode tokens = node.path("tokens");
    JsonNode usd = node.path("usd");
    boolean tokensGood = tokens.isMissingNode()
        || (tokens.isIntegralNumber() && tokens.canConvertToLong() && tokens.longValue() > 0);
    if (node.isEmpty() || !tokensGood || !(usd.isMissingNode() || isAmount(usd))) {
      throw new IllegalArgumentException(
          where + ": a limit is {tokens: whole number, usd: number}, each above zero");
    }
    return new Limit(
        tokens.isMissingNode() ? null : tokens.longValue(),
        usd.isMissingNode() ? null : Usd.of(usd.decimalValue()));
  }

  private static boolean isAmount(JsonNode usd) {
    return usd.isNumber() && usd.doubleValue() > 0 && usd.doubleValue() <= LIMIT_USD_MAX;
  }

  private static void names(String where, JsonNode node, List<String> known) {
    mapping(where, node);
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new IllegalArgumentException(where + "." + entry.getKey() + ": only "
            + String.join(" and ", known) + " are known here");
      }
    }
  }

  private static void mapping(String where, JsonNode node) {
    if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
      throw new IllegalArgumentException(where + ": must be a mapping of names");
    }
  }
}
