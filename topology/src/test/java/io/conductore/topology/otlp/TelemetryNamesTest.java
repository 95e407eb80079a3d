package io.conductore.topology.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** telemetry.yaml: which attributes name the agent and its work, and what is refused in it. */
class TelemetryNamesTest {
  @TempDir
  Path folder;

  @Test
  void shouldNameTheAgentByTheFirstAttributeThatIsThere() throws IOException {
    // given
    TelemetryEvents telemetry = new TelemetryEvents(names("""
        agent: [gen_ai.agent.name, team.agent]
        repo: [vcs.repository.name]
        issue: [ticket]
        pool: [team]
        tenant: [organization.id]
        """));
    Map<String, Object> resource = Map.of(
        "team.agent", "rev-e",
        "agent.id", "not asked for",
        "vcs.repository.name", "o/r",
        "ticket", "#7",
        "team", "blue",
        "organization.id", "acme");

    // when
    ObjectNode named = told(telemetry, resource, Map.of("gen_ai.agent.name", "planner"));
    ObjectNode fallback = told(telemetry, resource, Map.of());

    // then
    assertThat(named.path("agentId").textValue()).isEqualTo("planner");
    assertThat(fallback.path("agentId").textValue()).isEqualTo("rev-e");
    assertThat(fallback.path("repo").textValue()).isEqualTo("o/r");
    assertThat(fallback.path("issueNumber").intValue()).isEqualTo(7);
    assertThat(fallback.path("pool").textValue()).isEqualTo("blue");
    assertThat(fallback.path("tenant").textValue()).isEqualTo("acme");
  }

  @Test
  void shouldKeepTheDefaultsOfWhatTheFileLeavesOut() throws IOException {
    // when
    TelemetryNames some = names("agent: [team.agent]\nissue: []\n");

    // then
    assertThat(some.agent()).containsExactly("team.agent");
    assertThat(some.issue()).isEmpty();
    assertThat(some.repo()).isEqualTo(TelemetryNames.DEFAULT.repo());
    assertThat(TelemetryNames.read(folder.resolve("absent"))).isEqualTo(TelemetryNames.DEFAULT);
    assertThat(names("# nothing yet\n")).isEqualTo(TelemetryNames.DEFAULT);
  }

  @Test
  void shouldSayNothingWhenTheNamedAttributeIsMissing() throws IOException {
    // given
    TelemetryEvents telemetry = new TelemetryEvents(names("agent: [team.agent]\n"));

    // when
    List<ObjectNode> told = telemetry.of(item(Map.of("agent.id", "dev-e"), Map.of()));

    // then
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "agents: [a]|agents: only agent, repo, issue, pool, tenant are known here",
        "agent: agent.id|agent: a list",
        "agent: []|agent: without a name",
        "agent: [a, 7]|agent[1]: the name of an attribute",
        "repo: ['']|repo[0]: the name of an attribute",
        "[a]|the file must be a mapping"
      })
  void shouldNameTheEntryThatIsWrong(String yaml, String sentence) {
    assertThatThrownBy(() -> names(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  private TelemetryNames names(String yaml) throws IOException {
    return TelemetryNames.read(Files.writeString(folder.resolve("telemetry.yaml"), yaml));
  }

  private static ObjectNode told(
      TelemetryEvents telemetry, Map<String, Object> resource, Map<String, Object> said) {
    return telemetry.of(item(resource, said)).getFirst();
  }

  private static Signal item(Map<String, Object> resource, Map<String, Object> said) {
    Map<String, Object> attributes = new java.util.HashMap<>(said);
    attributes.putAll(Map.of("session.id", "s", "request_id", "r", "input_tokens", 1L));
    return new Signal.LogItem(
        new Attributes(resource), new Attributes(attributes), "api_request", 1_795_435_139_000L);
  }
}
