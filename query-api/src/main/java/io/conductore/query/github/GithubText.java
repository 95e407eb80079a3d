package io.conductore.query.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people write into titles, labels, branches and bodies. */
final class GithubText {
  /** A body that names more is no description of one change. */
  private static final int ISSUES_MAX = 16;

  private static final int DEPENDENCIES_MAX = 64;
  private static final Pattern CLOSES = Pattern.compile(
      "\\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\\s{1,4}#(\\d{1,9})\\b",
      Pattern.CASE_INSENSITIVE);
  private static final Pattern DEPENDS =
      Pattern.compile("^\\W{0,8}depends[ -]on\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w/])#(\\d{1,9})\\b");
  private static final Pattern BRANCH = Pattern.compile("[A-Za-z]{1,20}/(\\d{1,9})(?:-.*)?");
  private static final Pattern PRIORITY =
      Pattern.compile("priority\\s?[:/]\\s?(critical|high|normal|low)", Pattern.CASE_INSENSITIVE);

  private GithubText() {}

  /** The issues of the same repository that a pull request says it closes. */
  static Set<Integer> closes(String body, String branch) {
    Set<Integer> issues = new TreeSet<>();
    Matcher closes = CLOSES.matcher(body);
    while (closes.find() && issues.size() < ISSUES_MAX) {
      add(closes.group(1), issues);
    }
    Matcher named = BRANCH.matcher(branch);
    if (issues.isEmpty() && named.matches()) {
      add(named.group(1), issues);
    }
    return issues;
  }

  /** The numbers on lines such as "Depends on #12, #13". */
  static Set<Integer> dependsOn(String body) {
    Set<Integer> issues = new TreeSet<>();
    body.lines().filter(line -> DEPENDS.matcher(line).find()).forEach(line -> {
      Matcher number = NUMBER.matcher(line);
      while (number.find() && issues.size() < DEPENDENCIES_MAX) {
        add(number.group(1), issues);
      }
    });
    return issues;
  }

  /** Empty for what is absent, null or no text. */
  static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : "";
  }

  static List<String> labels(JsonNode issue) {
    List<String> labels = new ArrayList<>();
    issue.path("labels").forEach(label -> labels.add(text(label.path("name"))));
    return labels.stream().filter(name -> !name.isBlank()).toList();
  }

  /** From a label such as priority:high. */
  static Optional<String> priority(List<String> labels) {
    return labels.stream()
        .map(PRIORITY::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1).toLowerCase(Locale.ROOT))
        .findFirst();
  }

  private static void add(String digits, Set<Integer> issues) {
    int number = Integer.parseInt(digits);
    if (number > 0) {
      issues.add(number);
    }
  }
}
