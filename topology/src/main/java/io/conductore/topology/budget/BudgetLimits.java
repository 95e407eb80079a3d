package io.conductore.topology.budget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.conductore.schemas.Usd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
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
 * What an agent's entry leaves out comes from default; what both leave out is unlimited.
 */
public record BudgetLimits(Map<Window, Limit> byDefault, Map<String, Map<Window, Limit>> byAgent) {
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
    Map<String, Map<Window, Limit>> agents = new TreeMap<>();
    root.path("agents")
        .properties()
        .forEach(entry ->
            agents.put(entry.getKey(), windows("agents." + entry.getKey(), entry.getValue())));
    return new BudgetLimits(windows("default", root.path("default")), agents);
  }

  private static Map<Window, Limit> windows(String where, JsonNode node) {
    Map<Window, Limit> windows = new TreeMap<>();
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!name.equals("hour") && !name.equals("day")) {
        throw new IllegalArgumentException(where + "." + name + ": a window is hour or day");
      }
      windows.put(Window.ofWord(name), limit(where + "." + name, node.get(name)));
    }
    return windows;
  }

  private static Limit limit(String where, JsonNode node) {
    JsonNode tokens = node.path("tokens");
    JsonNode usd = node.path("usd");
    boolean tokensGood =
        tokens.isMissingNode() || (tokens.isIntegralNumber() && tokens.longValue() > 0);
    boolean usdGood =
        usd.isMissingNode() || (usd.isNumber() && usd.decimalValue().signum() > 0);
    if (!node.isObject() || !tokensGood || !usdGood) {
      throw new IllegalArgumentException(
          where + ": a limit is {tokens: whole number, usd: number}, each above zero");
    }
    return new Limit(
        tokens.isMissingNode() ? null : tokens.longValue(),
        usd.isMissingNode() ? null : Usd.of(usd.decimalValue()));
  }
}
