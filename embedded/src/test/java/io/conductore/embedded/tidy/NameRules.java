package io.conductore.embedded.tidy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names that say what a thing is, and packages that say whether null exists in them. */
final class NameRules {

  static final List<Rule> ALL = List.of(
      Rule.perFile("type names", NameRules::emptyTypeNames),
      Rule.perFile("package names", NameRules::emptyPackageNames),
      Rule.perFile("test names", NameRules::vagueTestNames),
      new Rule("null-marked packages", NameRules::unmarkedPackages));

  private static final Pattern EMPTY_TYPE_NAME =
      Pattern.compile("\\b(?:class|interface|enum|record)\\s+"
          + "(?:\\w*(?:Utils?|Helpers?|Managers?|Common|Impl)|Abstract\\w*Base)\\b");
  private static final Pattern EMPTY_PACKAGE_NAME =
      Pattern.compile("^package .*\\.(?:utils?|helpers?|managers?|common|impl|misc)(?:\\.|;)");
  private static final Pattern TEST_METHOD = Pattern.compile(
      "@(?:Test|ParameterizedTest|RepeatedTest)\\b[^;{}]*?\\bvoid\\s+(\\w+)\\s*\\(");
  private static final Pattern SENTENCE = Pattern.compile("should[A-Z]\\w*");

  private NameRules() {}

  private static Stream<Finding> emptyTypeNames(TrackedFile file) {
    return file.isJava()
        ? file.codeOnly()
            .linesWith(
                EMPTY_TYPE_NAME, "this name says nothing; name the type after what it is or does")
        : Stream.empty();
  }

  private static Stream<Finding> emptyPackageNames(TrackedFile file) {
    return file.isJava()
        ? file.codeOnly()
            .linesWith(
                EMPTY_PACKAGE_NAME, "this package name says nothing; name it after its subject")
        : Stream.empty();
  }

  private static Stream<Finding> vagueTestNames(TrackedFile file) {
    if (!file.isTestJava()) {
      return Stream.empty();
    }
    var code = file.codeOnly().text();
    return TEST_METHOD
        .matcher(code)
        .results()
        .filter(match -> !SENTENCE.matcher(match.group(1)).matches())
        .map(match -> new Finding(
            file.path(),
            lineOf(code, match.start(1)),
            "call the test shouldVerbWhenCondition: its name is the promise"));
  }

  private static int lineOf(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  private static Stream<Finding> unmarkedPackages(Repo repo) {
    return repo.files().stream()
        .filter(TrackedFile::isMainJava)
        .map(TrackedFile::folder)
        .distinct()
        .filter(folder -> repo.file(folder + "package-info.java")
            .filter(info -> info.codeOnly().text().contains("@NullMarked"))
            .isEmpty())
        .map(folder -> new Finding(
            folder + "package-info.java",
            1,
            "write a package-info.java that is @NullMarked and says what lives here"));
  }
}
