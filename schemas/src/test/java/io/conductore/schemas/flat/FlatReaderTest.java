package io.conductore.schemas.flat;

import static io.conductore.schemas.flat.FlatText.accepted;
import static io.conductore.schemas.flat.FlatText.activity;
import static io.conductore.schemas.flat.FlatText.heartbeat;
import static io.conductore.schemas.flat.FlatText.lifecycle;
import static io.conductore.schemas.flat.FlatText.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.EventType;
import io.conductore.schemas.FlatSamples;
import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.activity.Heartbeat;
import io.conductore.schemas.activity.ToolCall;
import io.conductore.schemas.lifecycle.IssueApproved;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlatReaderTest {

  @ParameterizedTest
  @MethodSource("io.conductore.schemas.EventCatalog#all")
  void shouldAcceptEveryTypeWhenGivenItsMinimum(EventType type) {
    // when
    LogEvent event = accepted(FlatSamples.minimal(type));
    // then
    assertThat(event.type()).isEqualTo(type);
    assertThat(event.log()).isEqualTo(type.log());
    assertThat(event.eventId()).isEqualTo(FlatText.MINTED);
    assertThat(event.key())
        .isEqualTo(
            type.log() == Log.ACTIVITY
                ? "dev-e-1"
                : type.wireName().equals("MILESTONE_COMPLETE")
                    ? "acme/app#milestone/v1.0"
                    : "acme/app#547");
  }

  @ParameterizedTest
  @MethodSource("io.conductore.schemas.EventCatalog#all")
  void shouldKnowEveryFieldWhenGivenAllOfThem(EventType type) {
    // when
    ObjectNode data = FlatWriter.data(accepted(FlatSamples.full(type)).envelope());
    // then
    ObjectNode expected = FlatSamples.full(type);
    expected.remove(List.of("type", "eventId", "occurredAt"));
    assertThat(data.properties())
        .extracting(entry -> entry.getKey())
        .containsExactlyInAnyOrderElementsOf(
            expected.properties().stream().map(entry -> entry.getKey()).toList());
  }

  @ParameterizedTest
  @MethodSource("io.conductore.schemas.EventCatalog#all")
  void shouldGiveTheSameEnvelopeWhenNamesAreInAnyCase(EventType type) {
    // given
    ObjectNode event = FlatSamples.full(type);
    Object extra = event.remove("aFieldOfTomorrow");
    ObjectNode shouted = FlatText.JSON.createObjectNode();
    event
        .properties()
        .forEach(field -> shouted.set(field.getKey().toUpperCase(Locale.ROOT), field.getValue()));
    // then
    assertThat(extra).isNotNull();
    assertThat(accepted(shouted).envelope()).isEqualTo(accepted(event).envelope());
  }

  @Test
  void shouldReadTheOriginalsExampleWhenPosted() {
    // when
    LogEvent event = accepted(FlatText.parse("""
            {"type":"ISSUE_APPROVED","repo":"Stig-Johnny/star-rewards","issueNumber":547,
            "title":"feat: Add Firestore rules CI check","priority":"normal","dependsOn":[]}
            """));
    // then
    assertThat(event.key()).isEqualTo("Stig-Johnny/star-rewards#547");
    assertThat(event.envelope().get(2)).isEqualTo("Stig-Johnny/star-rewards#547");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID, Unknown event type: INVALID",
    "heartbeat, Unknown event type: heartbeat. Did you mean HEARTBEAT?",
    "memoryWrite, Unknown event type: memoryWrite. Did you mean MEMORY_WRITE?"
  })
  void shouldNameTheTypeWhenUnknown(String type, String detail) {
    assertThat(refused("{\"type\":\"" + type + "\",\"agentId\":\"a\"}"))
        .containsExactly(new FieldError(FieldError.Code.UNKNOWN_TYPE, "type", detail));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"type\":null}", "{\"type\":5}", "{\"type\":\"\"}"})
  void shouldAskForTheTypeWhenThereIsNone(String json) {
    assertThat(refused(json))
        .containsExactly(FieldError.invalid("type", "type must be a string such as HEARTBEAT."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "5", "\"HEARTBEAT\"", "null", "true", "[{\"type\":\"VERIFIED\"}]"})
  void shouldAskForAnObjectWhenGivenAnythingElse(String json) {
    assertThat(refused(json)).containsExactly(FieldError.invalid("", "An event is a JSON object."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status | 5 | status must be a string of at most 8192 characters.",
        "status | [\"x\"] | status must be a string of at most 8192 characters.",
        "currentIssue | \"547\" | currentIssue must be a whole number from 0 to 2147483647.",
        "currentIssue | -1 | currentIssue must be a whole number from 0 to 2147483647.",
        "currentIssue | 1.5 | currentIssue must be a whole number from 0 to 2147483647.",
        "startup | \"true\" | startup must be true or false.",
        "startup | 1 | startup must be true or false.",
        "memoryMB | \"12\" | memoryMB must be a number.",
        "uptimeSeconds | -0.1 | uptimeSeconds must be a number from 0 to 1000000000000;"
            + " a fraction is dropped.",
        "availableProviders | \"claude\" | availableProviders must be an array of at most 256"
            + " strings of at most 8192 characters.",
        "availableProviders | [1] | availableProviders must be an array of at most 256"
            + " strings of at most 8192 characters."
      })
  void shouldNameTheFieldAndWhatItTakesWhenItsKindIsWrong(
      String field, String value, String detail) {
    assertThat(refused(heartbeat("\"" + field + "\":" + value)))
        .containsExactly(FieldError.invalid(field, detail));
  }

  @Test
  void shouldListTheValuesWhenOnlySomeAreAllowed() {
    assertThat(refused("""
                {"type":"ISSUE_APPROVED","repo":"a/b","issueNumber":1,"priority":"High"}
                """))
        .containsExactly(
            FieldError.invalid("priority", "priority must be one of low, normal, high, critical."));
  }

  @Test
  void shouldNameEveryWrongFieldWhenThereAreSeveral() {
    assertThat(refused("{\"type\":\"TOOL_CALL\",\"turn\":\"x\",\"outcome\":\"fine\"}"))
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder("turn", "tool", "outcome", "agentId");
  }

  @ParameterizedTest
  @CsvSource({
    "HEARTBEAT, agentId",
    "TOOL_CALL, agentId tool",
    "BUDGET_LIMIT_CHANGED, agentId window",
    "MERGED, repo issueNumber",
    "MILESTONE_COMPLETE, repo milestone"
  })
  void shouldSayWhatIsRequiredWhenItIsMissing(String type, String fields) {
    assertThat(refused("{\"type\":\"" + type + "\"}"))
        .containsExactlyInAnyOrderElementsOf(List.of(fields.split(" ")).stream()
            .map(field -> FieldError.invalid(field, field + " is required."))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\""})
  void shouldCountAsNotGivenWhenNullOrEmpty(String nothing) {
    // when
    var event = activity("""
        {"type":"HEARTBEAT","agentId":"a","repo":%1$s,"sessionId":%1$s,"status":%1$s,
        "currentIssue":%1$s,"availableProviders":%1$s,"eventId":%1$s,"occurredAt":%1$s}
        """.formatted(nothing));
    // then
    assertThat(event.getRepo()).isNull();
    assertThat(event.getSessionId()).isNull();
    assertThat(event.getEventId()).isEqualTo(FlatText.MINTED);
    assertThat(event.getOccurredAtMs()).isEqualTo(FlatText.NOW.toEpochMilli());
    assertThat(event.getExtra()).isNull();
    assertThat(event.getPayload()).isInstanceOfSatisfying(Heartbeat.class, heartbeat -> {
      assertThat(heartbeat.getStatus()).isNull();
      assertThat(heartbeat.getCurrentIssue()).isNull();
      assertThat(heartbeat.getAvailableProviders()).isEmpty();
    });
  }

  @Test
  void shouldSayRequiredWhenARequiredFieldIsEmpty() {
    assertThat(refused("{\"type\":\"TOOL_CALL\",\"agentId\":\"\",\"tool\":\"\"}"))
        .extracting(FieldError::detail)
        .containsExactlyInAnyOrder("agentId is required.", "tool is required.");
  }

  @Test
  void shouldRefuseWhenAFieldIsGivenTwiceInDifferentCase() {
    assertThat(refused(heartbeat("\"Status\":\"idle\",\"STATUS\":\"working\"")))
        .containsExactly(
            FieldError.invalid("STATUS", "STATUS is given twice; field names match in any case."));
  }

  @Test
  void shouldTakeTheOtherOneWhenADuplicateIsNull() {
    // when
    var event = activity(heartbeat("\"Status\":null,\"status\":\"working\""));
    // then
    assertThat(((Heartbeat) event.getPayload()).getStatus()).isEqualTo("working");
  }

  @Test
  void shouldBoundTheErrorsWhenEverythingIsWrong() {
    // given
    StringBuilder twice = new StringBuilder("\"x\":1");
    for (int i = 0; i < 500; i++) {
      String name = "n" + i + "a".repeat(1_000);
      twice.append(",\"").append(name).append("\":1,\"").append(name.toUpperCase(Locale.ROOT));
      twice.append("\":1");
    }
    // when
    List<FieldError> errors = refused(heartbeat(twice.toString()));
    // then
    assertThat(errors).hasSize(FlatLimits.ERRORS_MAX);
    assertThat(errors).allSatisfy(error -> assertThat(error.detail()).hasSizeLessThan(1_000));
  }

  @Test
  void shouldCutFreeTextWhenTooLongAndNeverInsideAPair() {
    // when
    var event =
        activity("{\"type\":\"TOOL_CALL\",\"agentId\":\"a\",\"tool\":\"Bash\",\"errorText\":\""
            + "x".repeat(511)
            + "\\ud83d\\ude00tail\"}");
    // then
    assertThat(((ToolCall) event.getPayload()).getErrorText()).isEqualTo("x".repeat(511));
  }

  @Test
  void shouldRefuseTextWhenItIsNotFreeAndTooLong() {
    assertThat(refused(heartbeat("\"status\":\"" + "x".repeat(8_193) + "\"")))
        .extracting(FieldError::field)
        .containsExactly("status");
    assertThat(activity(heartbeat("\"status\":\"" + "x".repeat(8_192) + "\""))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "TOKEN_USAGE, model",
    "TOKEN_USAGE, category",
    "TOOL_CALL, tool",
    "GUARD_BLOCKED, rule",
    "MEMORY_WRITE, scope",
    "AGENT_REGISTERED, role"
  })
  void shouldRefuseANameWhenItIsTooLongForAKey(String type, String field) {
    // given
    String event = "{\"type\":\"" + type + "\",\"agentId\":\"a\",\"" + field + "\":\"%s\"}";
    // then
    assertThat(activity(event.formatted("x".repeat(200)))).isNotNull();
    assertThat(refused(event.formatted("x".repeat(201))))
        .containsExactly(
            FieldError.invalid(field, field + " must be a string of at most 200 characters."));
  }

  @Test
  void shouldReadArraysWhenWithinTheirLimit() {
    // when
    var event = lifecycle("""
        {"type":"ISSUE_APPROVED","repo":"a/b","issueNumber":1,"dependsOn":[3,4.0],"labels":["x",""]}
        """);
    // then
    assertThat(event.getPayload()).isInstanceOfSatisfying(IssueApproved.class, approved -> {
      assertThat(approved.getDependsOn()).containsExactly(3, 4);
      assertThat(approved.getLabels()).containsExactly("x", "");
    });
    assertThat(refused(heartbeat("\"degradedReasons\":[" + "\"r\",".repeat(256) + "\"r\"]")))
        .extracting(FieldError::field)
        .containsExactly("degradedReasons");
  }
}
