package io.conductore.topology.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conductore.topology.handoff.CauseRecord.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule decides, and that a misspelt one is refused with its place. */
class EscalationRulesTest {
  @TempDir
  Path folder;

  @Test
  void shouldTakeTheFirstRuleThatMatches() throws IOException {
    // given
    EscalationRules rules = rules("""
        climbAfter: {P2: 2h, P1: 10m}
        rules:
          - {cause: silence, agent: "dev-*", severity: P0}
          - {cause: "*", repo: "o/*", severity: P1, climbAfter: 90s}
        """);

    // when
    Ranking agent = rules.of("silence", Subject.agent("dev-e"));
    Ranking other = rules.of("silence", Subject.agent("ops"));
    Ranking issue = rules.of("reported", Subject.issue("o/r#7"));
    Ranking elsewhere = rules.of("reported", Subject.issue("p/r#7"));

    // then
    assertThat(agent.severity()).isEqualTo(Severity.P0);
    assertThat(other)
        .isEqualTo(new Ranking(Severity.P2, Duration.ofHours(2), Duration.ofMinutes(10)));
    assertThat(issue)
        .isEqualTo(new Ranking(Severity.P1, Duration.ofSeconds(90), Duration.ofSeconds(90)));
    assertThat(elsewhere.severity()).isEqualTo(Severity.P2);
  }

  @Test
  void shouldUseTheBundledRulesWhenThereIsNoFile() throws IOException {
    // when
    EscalationRules rules = EscalationRules.read(folder.resolve("escalation.yaml"));

    // then
    assertThat(rules.of("two-strikes", Subject.issue("o/r#7")).severity()).isEqualTo(Severity.P1);
    assertThat(rules.of("new-cause", Subject.agent("a")).severity()).isEqualTo(Severity.P2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{climb: {}}|climb",
        "{climbAfter: {P2: 4h}}|climbAfter.P1",
        "{climbAfter: {P2: 4h, P1: 0m}}|climbAfter.P1",
        "{climbAfter: {P2: 4h, P1: 1w}}|climbAfter.P1",
        "{climbAfter: {P2: 4h, P1: 1h}, rules: [{severity: P1}]}|rules[0]",
        "{climbAfter: {P2: 4h, P1: 1h}, rules: [{cause: c, severity: P3}]}|rules[0].severity",
        "{climbAfter: {P2: 4h, P1: 1h}, rules: [{cause: c, severity: P1, who: x}]}|rules[0].who",
        "[]|the file"
      })
  void shouldNameTheEntryWhenItIsWrong(String yaml, String entry) {
    // when
    var reading = assertThatThrownBy(() -> rules(yaml));

    // then
    reading.isInstanceOf(IllegalArgumentException.class).hasMessageContaining(entry);
  }

  private EscalationRules rules(String yaml) throws IOException {
    return EscalationRules.read(Files.writeString(folder.resolve("escalation.yaml"), yaml));
  }
}
