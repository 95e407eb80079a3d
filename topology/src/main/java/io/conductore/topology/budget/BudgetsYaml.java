package io.conductore.topology.budget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.conductore.schemas.Usd;
import io.conductore.schemas.flat.FlatLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads budgets.yaml; whatever is wrong is refused with the name of its entry. */
final class BudgetsYaml {
  private static final double LIMIT_USD_MAX = 1_000_000;
  private static final List<String> WINDOWS = List.of("hour", "day");

  private BudgetsYaml() {}

  static BudgetLimits read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return BudgetLimits.NONE;
    }
    JsonNode root = new YAMLMapper().readTree(file.toFile());
    names("the file", root, List.of("default", "agents", "tenants", "pools", "issues"));
    JsonNode agents = root.path("agents");
    mapping("agents", agents);
    Map<String, Map<Window, Limit>> byAgent = new TreeMap<>();
    Map<String, BudgetLimits.Home> homes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : agents.properties()) {
      String where = "agents." + entry.getKey();
      names(where, entry.getValue(), List.of("tenant", "pool", "hour", "day"));
      byAgent.put(entry.getKey(), windows(where, entry.getValue()));
      homes.put(
          entry.getKey(),
          new BudgetLimits.Home(
              name(where, entry.getValue(), "tenant"), name(where, entry.getValue(), "pool")));
    }
    JsonNode byDefault = root.path("default");
    names("default", byDefault, WINDOWS);
    JsonNode issues = root.path("issues");
    boolean ceiling = !issues.isMissingNode() && !issues.isNull();
    return new BudgetLimits(
        windows("default", byDefault),
        byAgent,
        shared("tenants", root.path("tenants")),
        shared("pools", root.path("pools")),
        ceiling ? limit("issues", issues) : Limit.NONE,
        homes);
  }

  private static Map<String, Map<Window, Limit>> shared(String where, JsonNode node) {
    mapping(where, node);
    Map<String, Map<Window, Limit>> entries = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String name = where + "." + entry.getKey();
      names(name, entry.getValue(), WINDOWS);
      entries.put(entry.getKey(), windows(name, entry.getValue()));
    }
    return entries;
  }

  private static Map<Window, Limit> windows(String where, JsonNode node) {
    Map<Window, Limit> windows = new TreeMap<>();
    for (Window window : Window.BY_CLOCK) {
      JsonNode limit = node.path(window.word());
      if (!limit.isMissingNode()) {
        windows.put(window, limit(where + "." + window.word(), limit));
      }
    }
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

  private static @Nullable String name(String where, JsonNode node, String field) {
    JsonNode name = node.path(field);
    if (name.isMissingNode() || name.isNull()) {
      return null;
    }
    boolean good = name.isTextual()
        && !name.asText().isBlank()
        && name.asText().length() <= FlatLimits.ID_CHARS_MAX
        && name.asText().indexOf('\0') < 0;
    if (!good) {
      throw new IllegalArgumentException(where + "." + field + ": must be a name");
    }
    return name.asText();
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
