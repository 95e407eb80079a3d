package io.conductore.query.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.EventType;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRightsTest {
  private static final Caller DEV = new Caller("dev-e", Role.AGENT, "dev-e");
  private static final Caller OPERATOR = new Caller("ops", Role.OPERATOR, null);

  @Test
  void shouldDecideAboutEveryTypeOfTheCatalogue() {
    // when
    Set<String> known =
        EventCatalog.all().stream().map(EventType::wireName).collect(Collectors.toSet());

    // then
    assertThat(EventRights.table().keySet()).isEqualTo(known);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WORK_STARTED", "PR_CREATED", "TOKEN_USAGE", "MEMORY_WRITE", "MEMORY_READ",
        "MEMORY_HIT_USED", "HEARTBEAT", "AGENT_STUCK", "REVIEW_PASSED", "REVIEW_DISPUTED"
      })
  void shouldLetTheOriginalsClientsSayWhatTheySay(String type) {
    // when
    EventRights.Right right = EventRights.table().get(type);

    // then
    assertThat(right.speaker()).isEqualTo(EventRights.Speaker.AGENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ISSUE_APPROVED",
        "ISSUE_ASSIGNED",
        "BUDGET_LIMIT_CHANGED",
        "MERGED",
        "CI_PASSED",
        "ESCALATION_ACKNOWLEDGED",
        "LEASE_EXPIRED",
        "ISSUE_DONE",
        "VERIFIED"
      })
  void shouldRefuseAnAgentWhatOnlyOthersMaySay(String type) {
    // given
    List<LogEvent> events = events("""
        {"type":"%s","agentId":"dev-e","repo":"o/r","issueNumber":1,"window":"day",
        "escalationId":"x"}
        """.formatted(type));

    // when
    Problem problem = refusal(DEV, events);

    // then
    assertThat(problem.status()).isEqualTo(403);
    assertThat(problem.errors()).singleElement().satisfies(item -> {
      assertThat(item.field()).isEqualTo("type");
      assertThat(item.detail()).startsWith("An agent may not say " + type + ": ");
    });
    EventRights.check(OPERATOR, events);
  }

  @Test
  void shouldNameEachEventOfABatchThatSpeaksForAnother() {
    // given
    List<LogEvent> events = events(
        "{\"type\":\"HEARTBEAT\",\"agentId\":\"dev-e\"}",
        "{\"type\":\"HEARTBEAT\",\"agentId\":\"dev-e/abc12\"}",
        "{\"type\":\"HEARTBEAT\",\"agentId\":\"dev-f\"}",
        "{\"type\":\"WORK_STARTED\",\"agentId\":\"dev-e2\",\"repo\":\"o/r\",\"issueNumber\":1}",
        "{\"Type\":\"MEMORY_READ\",\"AgentId\":\"DEV-E\"}");

    // when
    Problem problem = refusal(DEV, events);

    // then
    assertThat(problem.errors()).allMatch(item -> "agentId".equals(item.field()));
    assertThat(problem.errors()).extracting(Problem.Item::index).containsExactly(2, 3, 4);
  }

  @Test
  void shouldPutTheAgentsNameWhereALifecycleEventHasNone() {
    // given
    List<LogEvent> events =
        events("{\"type\":\"REVIEW_PASSED\",\"repo\":\"o/r\",\"issueNumber\":1,\"prNumber\":2}");

    // when
    EventRights.check(DEV, events);

    // then
    assertThat(((IssueLifecycle) events.getFirst().envelope()).getAgentId()).isEqualTo("dev-e");
  }

  private static Problem refusal(Caller caller, List<LogEvent> events) {
    ProblemException[] thrown = new ProblemException[1];
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> EventRights.check(caller, events))
        .satisfies(problem -> thrown[0] = problem);
    return thrown[0].problem();
  }

  private static List<LogEvent> events(String... lines) {
    return Arrays.stream(lines).map(EventRightsTest::event).toList();
  }

  private static LogEvent event(String json) {
    try {
      FlatOutcome outcome = FlatReader.read(
          new JsonMapper().readTree(json), new Reading(1_800_000_000_000L, () -> "id", "api"));
      return ((FlatOutcome.Accepted) outcome).event();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
