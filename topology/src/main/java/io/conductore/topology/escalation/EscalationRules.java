package io.conductore.topology.escalation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.conductore.topology.handoff.CauseRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of escalation.yaml: how severe a cause is, and how long it waits for somebody before it
 * climbs. The first rule that matches decides; patterns know * only. A name that is not known is
 * refused: a misspelt rule would be none.
 */
public final class EscalationRules {
  private static final String BUNDLED = "escalation.yaml";
  private static final Pattern WAIT = Pattern.compile("(\\d{1,5})([smhd])");
  private static final Map<String, Duration> UNITS = Map.of(
      "s", Duration.ofSeconds(1),
      "m", Duration.ofMinutes(1),
      "h", Duration.ofHours(1),
      "d", Duration.ofDays(1));

  private final List<Rule> rules;
  private final Ranking otherwise;

  private record Rule(
      Pattern cause, @Nullable Pattern agent, @Nullable Pattern repo, Ranking ranking) {

    boolean matches(String causeWord, CauseRecord.Subject subject) {
      return cause.matcher(causeWord).matches()
          && (agent == null || matches(agent, subject.agentId()))
          && (repo == null || matches(repo, repoOf(subject)));
    }

    private static boolean matches(Pattern pattern, @Nullable String text) {
      return text != null && pattern.matcher(text).matches();
    }

    private static @Nullable String repoOf(CauseRecord.Subject subject) {
      String issue = subject.issue();
      return issue == null ? null : issue.substring(0, Math.max(0, issue.indexOf('#')));
    }
  }

  private EscalationRules(List<Rule> rules, Ranking otherwise) {
    this.rules = rules;
    this.otherwise = otherwise;
  }

  /** What matches no rule is a P2 that waits as long as others. */
  public Ranking of(String cause, CauseRecord.Subject subject) {
    return rules.stream()
        .filter(rule -> rule.matches(cause, subject))
        .findFirst()
        .map(Rule::ranking)
        .orElse(otherwise);
  }

  /** The rules that come with the release. */
  public static EscalationRules bundled() {
    try (InputStream yaml = EscalationRules.class.getResourceAsStream(BUNDLED)) {
      return read(new YAMLMapper().readTree(Objects.requireNonNull(yaml)));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /**
   * Reads the operator's file, which replaces the bundled one; a missing file means that one.
   *
   * @throws IllegalArgumentException naming the entry that is wrong
   */
  public static EscalationRules read(Path file) throws IOException {
    return Files.exists(file) ? read(new YAMLMapper().readTree(file.toFile())) : bundled();
  }

  private static EscalationRules read(JsonNode root) {
    names("the file", root, List.of("climbAfter", "rules"));
    JsonNode climb = root.path("climbAfter");
    names("climbAfter", climb, List.of("P2", "P1"));
    Ranking otherwise = new Ranking(
        Severity.P2,
        wait("climbAfter.P2", climb.path("P2")),
        wait("climbAfter.P1", climb.path("P1")));
    List<Rule> rules = new ArrayList<>();
    for (JsonNode node : root.path("rules")) {
      rules.add(rule("rules[" + rules.size() + "]", node, otherwise));
    }
    return new EscalationRules(List.copyOf(rules), otherwise);
  }

  private static Rule rule(String where, JsonNode node, Ranking otherwise) {
    names(where, node, List.of("cause", "agent", "repo", "severity", "climbAfter"));
    Pattern cause = pattern(where + ".cause", node.path("cause"));
    if (cause == null) {
      throw new IllegalArgumentException(where + ": a rule needs a cause, * for any");
    }
    JsonNode after = node.path("climbAfter");
    Duration fromP2 =
        after.isMissingNode() ? otherwise.fromP2() : wait(where + ".climbAfter", after);
    Duration fromP1 =
        after.isMissingNode() ? otherwise.fromP1() : wait(where + ".climbAfter", after);
    return new Rule(
        cause,
        pattern(where + ".agent", node.path("agent")),
        pattern(where + ".repo", node.path("repo")),
        new Ranking(severity(where, node.path("severity")), fromP2, fromP1));
  }

  private static Severity severity(String where, JsonNode node) {
    for (Severity severity : Severity.values()) {
      if (severity.name().equals(node.asText())) {
        return severity;
      }
    }
    throw new IllegalArgumentException(where + ".severity: P0, P1 or P2");
  }

  private static @Nullable Pattern pattern(String where, JsonNode node) {
    if (node.isMissingNode()) {
      return null;
    }
    if (!node.isTextual() || node.asText().isEmpty()) {
      throw new IllegalArgumentException(where + ": a text, with * for any characters");
    }
    List<String> parts = List.of(node.asText().split("\\*", -1));
    return Pattern.compile(String.join(".*", parts.stream().map(Pattern::quote).toList()));
  }

  private static Duration wait(String where, JsonNode node) {
    Matcher matcher = WAIT.matcher(node.asText());
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(where + ": a time such as 30m, 4h or 1d");
    }
    return Objects.requireNonNull(UNITS.get(matcher.group(2)))
        .multipliedBy(Integer.parseInt(matcher.group(1)));
  }

  private static void names(String where, JsonNode node, List<String> known) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(where + ": must be a mapping of names");
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new IllegalArgumentException(where + "." + entry.getKey() + ": only "
            + String.join(" and ", known) + " are known here");
      }
    }
  }
}
