package io.conductore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.embedded.tidy.Finding;
import io.conductore.embedded.tidy.Repo;
import io.conductore.embedded.tidy.Rule;
import io.conductore.embedded.tidy.Seeds;
import io.conductore.embedded.tidy.TrackedFile;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads the repository and holds it to STYLE.md. Every rule is also fed a seeded violation: a
 * checker that cannot fail checks nothing.
 */
class TidyTest {

  private static final int FILES_READ_MIN = 60;

  static List<Rule> rules() {
    return Rule.all();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldFindNothingWhenReadingTheRepository(Rule rule) {
    // given
    var repo = Repo.at(Repo.root());

    // when
    var findings = rule.findingsIn(repo);

    // then
    assertThat(findings)
        .as(() -> rule + ":\n"
            + findings.stream().map(Finding::toString).collect(Collectors.joining("\n")))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldPointAtTheSeedWhenFedOne(Rule rule) {
    // given
    var seed = Seeds.of(rule);

    // when
    var findings = rule.findingsIn(seed.repo());

    // then
    assertThat(findings)
        .extracting(finding -> finding.path() + ":" + finding.line())
        .containsExactly(seed.place());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldStaySilentWhenFedTidyCodeInOddShapes(Rule rule) {
    // given
    var tidy = Seeds.tidy();

    // when
    var findings = rule.findingsIn(tidy);

    // then
    assertThat(findings).isEmpty();
  }

  @Test
  void shouldReadEveryModuleWhenListingTheRepository() {
    // given
    var root = Repo.root();

    // when
    var paths = Repo.at(root).files().stream().map(TrackedFile::path).toList();

    // then
    assertThat(paths)
        .hasSizeGreaterThan(FILES_READ_MIN)
        .noneMatch(path -> path.contains("/target/"));
    assertThat(
            List.of("schemas", "agent", "topology", "query-api", "connectors", "embedded", "bench"))
        .allSatisfy(module ->
            assertThat(paths).anyMatch(path -> path.startsWith(module + "/src/main/java/")));
  }
}
