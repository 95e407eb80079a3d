package io.conductore.embedded.tidy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Documents that point at what exists, and decisions that can be weighed again. */
final class DocRules {

  static final List<String> DECISION_HEADINGS =
      List.of("Context", "Decision", "Alternatives", "Cost accepted", "When to revisit");

  static final List<Rule> ALL = List.of(
      new Rule("links", DocRules::brokenLinks),
      Rule.perFile("decision headings", DocRules::missingHeadings),
      new Rule("decision index", DocRules::unlistedDecisions),
      new Rule("promise ledger", DocRules::promisesWithoutTest),
      new Rule("launcher commands", DocRules::unknownCommands));

  private static final Pattern CODE = Pattern.compile("(?m)^```[\\s\\S]*?^```|`[^`\\n]*`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]\\n]*]\\(([^)\\s]+)[^)]*\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("^(?:[a-z]+:|#|/)");
  private static final Pattern DECISION = Pattern.compile("docs/decisions/\\d{4}-[a-z0-9-]+\\.md");
  private static final String DECISION_INDEX = "docs/decisions/README.md";
  private static final Pattern COMMAND = Pattern.compile("(?:^|`)\\./rig ([a-z]+)");
  private static final Pattern COMMANDS = Pattern.compile("case \\$verb in([\\s\\S]*?)esac");
  private static final String PROMISES = "docs/promises.md";
  private static final Pattern PROMISE_ROW =
      Pattern.compile("^\\|(?![ -]*-{3}|\\s*[Pp]romise\\b).*");
  private static final Pattern TEST_CLASS = Pattern.compile("\\b\\w+(?:Test|IT)\\b");

  private DocRules() {}

  private static Stream<Finding> brokenLinks(Repo repo) {
    return repo.files().stream()
        .filter(TrackedFile::isMarkdown)
        .flatMap(file -> brokenLinks(repo, file));
  }

  private static Stream<Finding> brokenLinks(Repo repo, TrackedFile file) {
    var prose =
        CODE.matcher(file.text()).replaceAll(code -> code.group().replaceAll("[^\\n]", " "));
    var lines = prose.lines().toList();
    return IntStream.range(0, lines.size())
        .boxed()
        .flatMap(i -> LINK.matcher(lines.get(i))
            .results()
            .map(link -> link.group(1))
            .filter(target -> !ELSEWHERE.matcher(target).find())
            .filter(target -> !repo.hasFileOrFolder(resolve(file, target)))
            .map(target -> new Finding(
                file.path(),
                i + 1,
                "the link to " + target + " leads nowhere; mend or remove it")));
  }

  private static String resolve(TrackedFile file, String target) {
    var path = target.replaceFirst("#.*", "");
    return Path.of(file.folder()).resolve(path).normalize().toString().replace('\\', '/');
  }

  private static Stream<Finding> missingHeadings(TrackedFile file) {
    if (!DECISION.matcher(file.path()).matches()) {
      return Stream.empty();
    }
    return DECISION_HEADINGS.stream()
        .filter(heading -> file.lines().stream().noneMatch(("## " + heading)::equals))
        .map(heading ->
            new Finding(file.path(), 1, "a decision has the heading '## " + heading + "'"));
  }

  private static Stream<Finding> unlistedDecisions(Repo repo) {
    var index = repo.file(DECISION_INDEX).map(TrackedFile::text).orElse("");
    return repo.files().stream()
        .filter(file -> DECISION.matcher(file.path()).matches())
        .filter(file -> !index.contains("(" + file.name() + ")"))
        .map(file -> new Finding(
            file.path(), 1, "list it in " + DECISION_INDEX + " with its verdict in one line"));
  }

  /** Every row of the ledger names a test class that exists. */
  private static Stream<Finding> promisesWithoutTest(Repo repo) {
    var lines = repo.file(PROMISES).map(TrackedFile::lines).orElse(List.of());
    return IntStream.range(0, lines.size())
        .filter(i -> PROMISE_ROW.matcher(lines.get(i)).matches())
        .filter(i -> TEST_CLASS
            .matcher(lines.get(i))
            .results()
            .noneMatch(test -> hasTest(repo, test.group())))
        .mapToObj(i ->
            new Finding(PROMISES, i + 1, "no test, no promise: name a test class that exists"));
  }

  private static boolean hasTest(Repo repo, String className) {
    return repo.files().stream()
        .anyMatch(file -> file.isTestJava() && file.name().equals(className + ".java"));
  }

  /** A command that a document names is one that the launcher knows. */
  private static Stream<Finding> unknownCommands(Repo repo) {
    var known = repo.file("rig").stream()
        .flatMap(rig -> COMMANDS.matcher(rig.text()).results())
        .flatMap(body ->
            Pattern.compile("(?m)^ *([a-z |-]+)\\)").matcher(body.group(1)).results())
        .flatMap(arm -> Stream.of(arm.group(1).split("[ |]+")))
        .collect(Collectors.toSet());
    return repo.files().stream()
        .filter(TrackedFile::isMarkdown)
        .flatMap(file -> unknownCommands(file, known));
  }

  private static Stream<Finding> unknownCommands(TrackedFile file, Set<String> known) {
    var lines = file.lines();
    return IntStream.range(0, lines.size())
        .boxed()
        .flatMap(i -> COMMAND
            .matcher(lines.get(i))
            .results()
            .map(command -> command.group(1))
            .filter(command -> !known.contains(command))
            .map(command -> new Finding(
                file.path(), i + 1, "./rig has no command " + command + "; name one that it has")));
  }
}
