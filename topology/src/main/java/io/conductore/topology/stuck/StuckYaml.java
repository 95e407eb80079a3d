package io.conductore.topology.stuck;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One entry of stuck.yaml, laid over the thresholds that hold where it says nothing. */
final class StuckYaml {
  private static final String OFF = "off";
  private static final String BURN = Pattern.CONTEXT_BURN.word();
  private static final String WAITING = "waiting";
  private static final int TURNS_MAX = 1_000;
  private static final int WAIT_SECONDS_MAX = 3_600;
  private static final int TOOLS_MAX = 64;
  private static final long TOKENS_MAX = 1_000_000_000_000L;

  private StuckYaml() {}

  static StuckRules rules(String where, JsonNode node, StuckRules otherwise) {
    List<String> known =
        new ArrayList<>(Stream.of(Pattern.values()).map(Pattern::word).toList());
    known.add(WAITING);
    names(where, node, known);
    StuckRules rules = otherwise;
    for (Pattern pattern : Pattern.values()) {
      JsonNode own = node.path(pattern.word());
      if (!own.isMissingNode() && pattern != Pattern.CONTEXT_BURN) {
        rules = bar(where + "." + pattern.word(), own, pattern, rules);
      }
    }
    rules = burn(where + "." + BURN, node.path(BURN), rules);
    rules = waiting(where + "." + WAITING, node.path(WAITING), rules);
    return fitting(where, rules);
  }

  private static StuckRules bar(
      String where, JsonNode node, Pattern pattern, StuckRules otherwise) {
    if (isOff(node)) {
      return otherwise.with(pattern, Bar.OFF);
    }
    List<String> known = switch (pattern) {
      case SAME_TOOL -> List.of("nudge", "stuck", "turns");
      case CYCLE -> List.of("nudge", "stuck", "calls");
      default -> List.of("nudge", "stuck");
    };
    names(where, node, known);
    int most = switch (pattern) {
      case SAME_MESSAGE -> StuckRules.MESSAGES_MAX;
      case COMPACTION -> StuckRules.COMPACTIONS_MAX;
      case CYCLE -> StuckRules.CALLS_MAX / 2;
      default -> StuckRules.CALLS_MAX;
    };
    Bar before = otherwise.bar(pattern);
    long stuck = number(where + ".stuck", node.path("stuck"), 2, most, before.stuck());
    long early = Math.min(before.nudge(), Math.max(0, stuck - 1));
    long nudge = number(where + ".nudge", node.path("nudge"), 0, most, early);
    StuckRules rules = otherwise.with(pattern, new Bar((int) nudge, (int) stuck));
    return switch (pattern) {
      case SAME_TOOL ->
        rules.turns(
            (int) number(where + ".turns", node.path("turns"), 1, TURNS_MAX, otherwise.turns()));
      case CYCLE ->
        rules.cycleCallsMax((int) number(
            where + ".calls",
            node.path("calls"),
            2,
            StuckRules.CALLS_MAX / 2,
            otherwise.cycleCallsMax()));
      default -> rules;
    };
  }

  private static StuckRules burn(String where, JsonNode node, StuckRules otherwise) {
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (isOff(node)) {
      return otherwise.burn(0, 0);
    }
    names(where, node, List.of("percent", "tokens"));
    return otherwise.burn(
        (int) number(where + ".percent", node.path("percent"), 1, 100, otherwise.burnPercent()),
        number(where + ".tokens", node.path("tokens"), 1, TOKENS_MAX, otherwise.burnTokens()));
  }

  private static StuckRules waiting(String where, JsonNode node, StuckRules otherwise) {
    if (node.isMissingNode()) {
      return otherwise;
    }
    names(where, node, List.of("seconds", "tools"));
    long seconds = number(
        where + ".seconds",
        node.path("seconds"),
        1,
        WAIT_SECONDS_MAX,
        otherwise.waitMin().toSeconds());
    JsonNode tools = node.path("tools");
    return otherwise.waiting(
        Duration.ofSeconds(seconds),
        tools.isMissingNode() ? otherwise.waitingTools() : texts(where + ".tools", tools));
  }

  /** What a nudge or a cycle needs must fit into what is kept of a session. */
  private static StuckRules fitting(String where, StuckRules rules) {
    Bar cycle = rules.bar(Pattern.CYCLE);
    if (cycle.stuck() * rules.cycleCallsMax() > StuckRules.CALLS_MAX) {
      throw new IllegalArgumentException(where + ".cycle: stuck times calls is at most "
          + StuckRules.CALLS_MAX + ", the calls that are kept of a session");
    }
    rules.bars().forEach((pattern, bar) -> {
      if (bar.stuck() > 0 && bar.nudge() > bar.stuck()) {
        throw new IllegalArgumentException(
            where + "." + pattern.word() + ": a nudge comes before the verdict, not after it");
      }
    });
    return rules;
  }

  /** YAML 1.1 reads a bare off as false. */
  private static boolean isOff(JsonNode node) {
    return (node.isBoolean() && !node.booleanValue()) || OFF.equals(node.asText());
  }

  private static long number(String where, JsonNode node, long min, long max, long otherwise) {
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < min
        || node.longValue() > max) {
      throw new IllegalArgumentException(where + ": a whole number from " + min + " to " + max);
    }
    return node.longValue();
  }

  private static Set<String> texts(String where, JsonNode node) {
    Set<String> texts = new TreeSet<>();
    node.forEach(item -> texts.add(item.asText()));
    boolean good = node.isArray() && texts.size() <= TOOLS_MAX;
    for (JsonNode item : node) {
      good &= item.isTextual() && !item.asText().isBlank();
    }
    if (!good) {
      throw new IllegalArgumentException(where + ": a list of at most " + TOOLS_MAX + " names");
    }
    return texts;
  }

  static void names(String where, JsonNode node, List<String> known) {
    mapping(where, node);
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new IllegalArgumentException(where + "." + entry.getKey() + ": only "
            + String.join(" and ", known) + " are known here");
      }
    }
  }

  static void mapping(String where, JsonNode node) {
    if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
      throw new IllegalArgumentException(where + ": must be a mapping of names");
    }
  }
}
