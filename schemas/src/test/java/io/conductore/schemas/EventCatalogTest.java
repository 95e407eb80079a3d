package io.conductore.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCatalogTest {
  private static final String ORIGINAL = """
      ISSUE_APPROVED IssueApproved
      ISSUE_ASSIGNED IssueAssigned
      ISSUE_UNASSIGNED IssueUnassigned
      WORK_STARTED WorkStarted
      BRANCH_CREATED BranchCreated
      PR_CREATED PrCreated
      CI_PASSED CiPassed
      CI_FAILED CiFailed
      REVIEW_ASSIGNED ReviewAssigned
      REVIEW_PASSED ReviewPassed
      REVIEW_DISPUTED ReviewDisputed
      HUMAN_GATE_TRIGGERED HumanGateTriggered
      MERGED Merged
      DEPLOYED_STAGING DeployedStaging
      SMOKE_PASSED SmokePassed
      SMOKE_FAILED SmokeFailed
      DEPLOYED_PRODUCTION DeployedProduction
      VERIFIED Verified
      ISSUE_DONE IssueDone
      HEARTBEAT Heartbeat
      AGENT_STUCK AgentStuck
      ESCALATED Escalated
      HUMAN_GATE_REMINDER HumanGateReminder
      MILESTONE_COMPLETE MilestoneComplete
      TOKEN_USAGE TokenUsage
      MEMORY_WRITE MemoryWrite
      MEMORY_READ MemoryRead
      MEMORY_HIT_USED MemoryHitUsed
      """;
  private static final String ADDED = """
      AGENT_REGISTERED AgentRegistered
      TOOL_CALL ToolCall
      TURN_COMPLETED TurnCompleted
      GUARD_BLOCKED GuardBlocked
      SPOOL_REPORT SpoolReport
      BUDGET_LIMIT_CHANGED BudgetLimitChanged
      BUDGET_WARNING BudgetWarning
      BUDGET_EXCEEDED BudgetExceeded
      BUDGET_RESET BudgetReset
      HEARTBEAT_MISSED HeartbeatMissed
      AGENT_RECOVERED AgentRecovered
      LEASE_EXPIRED LeaseExpired
      ASSIGNMENT_REFUSED AssignmentRefused
      REVIEW_LOOP_EXCEEDED ReviewLoopExceeded
      ISSUE_WITHDRAWN IssueWithdrawn
      CONTEXT_COMPACTED ContextCompacted
      AGENT_NUDGED AgentNudged
      AGENT_RELEASED AgentReleased
      GUARD_FAILED_OPEN GuardFailedOpen
      TELEMETRY_METERED TelemetryMetered
      ESCALATION_ACKNOWLEDGED EscalationAcknowledged
      GOLDEN_TASK_COMPLETED GoldenTaskCompleted
      GOLDEN_RUN_COMPLETED GoldenRunCompleted
      """;

  @Test
  void shouldHoldTheOriginalTypesAndOursWhenListed() {
    // given
    Map<String, String> original = names(ORIGINAL);
    Map<String, String> added = names(ADDED);
    // when
    Map<String, String> held = EventCatalog.all().stream()
        .collect(Collectors.toMap(EventType::wireName, EventType::readName));
    // then
    assertThat(original).hasSize(28);
    assertThat(added).hasSize(23);
    assertThat(held).hasSize(28 + 23).containsAllEntriesOf(original).containsAllEntriesOf(added);
  }

  @ParameterizedTest
  @MethodSource("io.conductore.schemas.EventCatalog#all")
  void shouldFindATypeWhenAskedByEitherName(EventType type) {
    assertThat(EventCatalog.byWireName(type.wireName())).contains(type);
    assertThat(EventCatalog.ofPayload(type.payload())).isSameAs(type);
    assertThat(EventCatalog.wireName(type.readName())).isEqualTo(type.wireName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"heartbeat", "Heartbeat", "HEARTBEAT ", "", "HEART_BEAT"})
  void shouldFindNothingWhenTheNameIsNotExact(String name) {
    assertThat(EventCatalog.byWireName(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenUsage", "TokenUsage", "token-usage", "token_usage", "TOKENUSAGE"})
  void shouldGuessTheTypeWhenOnlyItsSpellingIsOff(String name) {
    assertThat(EventCatalog.meant(name)).map(EventType::wireName).contains("TOKEN_USAGE");
  }

  @Test
  void shouldGuessNothingWhenNoTypeIsNear() {
    assertThat(EventCatalog.meant("INVALID")).isEmpty();
    assertThat(EventCatalog.meant("")).isEmpty();
  }

  @Test
  void shouldThrowWhenAskedForARecordThatIsNoEvent() {
    // given
    Schema other = Schema.createRecord("Other", null, "somewhere", false);
    // then
    assertThatThrownBy(() -> EventCatalog.ofPayload(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("somewhere.Other");
  }

  @ParameterizedTest
  @MethodSource("io.conductore.schemas.EventCatalog#all")
  void shouldUseTheDefaultOfTheSchemaWhenAFieldIsNotGiven(EventType type) {
    assertThat(type.fields().values())
        .filteredOn(field -> !field.required())
        .allSatisfy(field -> assertThat(field.absent())
            .isEqualTo(SpecificData.get()
                .getDefaultValue(type.payload().getFields().get(field.position()))));
  }

  @ParameterizedTest
  @MethodSource("io.conductore.schemas.EventCatalog#all")
  void shouldSayWhatATypeMeansWhenRead(EventType type) {
    assertThat(type.payload().getDoc()).isNotBlank();
  }

  /** New types come last: a reader from before them still finds the others at their place. */
  @Test
  void shouldKeepTheOrderOfTheUnionsWhenTypesAreAdded() {
    // given
    Map<Log, String> lastOfVersionOne =
        Map.of(Log.ACTIVITY, "GoldenRunCompleted", Log.LIFECYCLE, "ReviewLoopExceeded");
    Map<Log, Integer> typesOfVersionOne = Map.of(Log.ACTIVITY, 19, Log.LIFECYCLE, 26);
    // then
    for (Log log : Log.values()) {
      Schema payload = log.schema().getField("payload").schema();
      int last = typesOfVersionOne.get(log) - 1;
      assertThat(payload.getTypes().get(last).getName()).isEqualTo(lastOfVersionOne.get(log));
    }
  }

  private static Map<String, String> names(String table) {
    return table
        .lines()
        .map(line -> line.split(" "))
        .collect(Collectors.toMap(names -> names[0], names -> names[1]));
  }
}
