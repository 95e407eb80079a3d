package io.conductore.schemas.flat;

import static io.conductore.schemas.flat.FlatText.NOW;
import static io.conductore.schemas.flat.FlatText.activity;
import static io.conductore.schemas.flat.FlatText.heartbeat;
import static io.conductore.schemas.flat.FlatText.lifecycle;
import static io.conductore.schemas.flat.FlatText.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.LogEvent;
import io.conductore.schemas.evidence.EventIds;
import io.conductore.schemas.lifecycle.MilestoneComplete;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {
  private static final String ID_EXPECTED =
      " must be a string of 1 to 200 characters without control characters or line ends.";

  @ParameterizedTest
  @CsvSource({
    "dev-e-1, dev-e-1, ",
    "dev-e-node/abc12, dev-e-node, abc12",
    "dev-e-node/a/b, dev-e-node, a/b",
    "dev-e-node/, dev-e-node, "
  })
  void shouldSplitAgentAndInstanceWhenThereIsASlash(String given, String agent, String instance) {
    // when
    var event = activity("{\"type\":\"HEARTBEAT\",\"agentId\":\"" + given + "\"}");
    // then
    assertThat(event.getStreamId()).isEqualTo(agent);
    assertThat(event.getInstance()).isEqualTo(instance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", " /x", "/"})
  void shouldAskForTheAgentWhenNothingStandsBeforeTheSlash(String given) {
    assertThat(refused("{\"type\":\"HEARTBEAT\",\"agentId\":\"" + given + "\"}"))
        .containsExactly(
            FieldError.invalid("agentId", "agentId must name an agent before the slash."));
  }

  @Test
  void shouldRefuseANumberSignWhenItWouldMakeOneStreamLookLikeAnother() {
    assertThat(refused("{\"type\":\"HEARTBEAT\",\"agentId\":\"app#1\"}"))
        .containsExactly(FieldError.invalid(
            "agentId", "agentId must not contain #: that is how streams of issues look."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\u0000b",
        "a\\nb",
        "a\\u007fb",
        "a\\u0085b",
        "a\\u2028b",
        "\\ud800",
        "a\\udc00b",
        " ",
        "\\t"
      })
  void shouldRefuseAnIdWhenItCouldNotBeAKey(String id) {
    for (String field : List.of("eventId", "sessionId", "tenant", "pool", "source", "repo")) {
      assertThat(refused(heartbeat("\"" + field + "\":\"" + id + "\"")))
          .containsExactly(FieldError.invalid(field, field + ID_EXPECTED));
    }
  }

  @Test
  void shouldTakeAnIdOfAnyScriptWhenItIsPrintable() {
    // when
    var event = activity(heartbeat("\"sessionId\":\"sesión \\ud83d\\ude00 日本\""));
    // then
    assertThat(event.getSessionId()).isEqualTo("sesión \ud83d\ude00 日本");
  }

  @Test
  void shouldRefuseAnIdWhenItIsTooLongOrNoString() {
    assertThat(refused(heartbeat("\"eventId\":\"" + "x".repeat(201) + "\"")))
        .containsExactly(FieldError.invalid("eventId", "eventId" + ID_EXPECTED));
    assertThat(refused(heartbeat("\"causationId\":5")))
        .containsExactly(FieldError.invalid("causationId", "causationId" + ID_EXPECTED));
    assertThat(activity(heartbeat("\"eventId\":\"" + "x".repeat(200) + "\"")).getEventId())
        .hasSize(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"agentId", "repo", "sessionId", "tenant", "pool"})
  void shouldRefuseWhatEndsUpInKeysWhenItIsTooLong(String field) {
    // given
    String event = "{\"type\":\"WORK_STARTED\",\"issueNumber\":1,\"%s\":\"%s\"%s}";
    String rest = field.equals("repo") ? "" : ",\"repo\":\"a/b\"";
    // then
    assertThat(lifecycle(event.formatted(field, "x".repeat(200), rest))).isNotNull();
    assertThat(refused(event.formatted(field, "x".repeat(201), rest)))
        .containsExactly(FieldError.invalid(field, field + ID_EXPECTED));
  }

  @Test
  void shouldRefuseARepositoryWhenItHasANumberSign() {
    assertThat(refused("{\"type\":\"MERGED\",\"repo\":\"a#1\",\"issueNumber\":2}"))
        .extracting(FieldError::field)
        .containsExactly("repo");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "16, 16", "3.0, 3"})
  void shouldReadTheDepthWhenTheChainIsShort(String given, int depth) {
    assertThat(activity(heartbeat("\"depth\":" + given)).getDepth()).isEqualTo(depth);
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "-1", "1.5", "\"2\"", "1e9", "[]"})
  void shouldCallItALoopWhenTheChainIsTooLong(String given) {
    assertThat(refused(heartbeat("\"depth\":" + given)))
        .containsExactly(FieldError.invalid(
            "depth",
            "depth must be a whole number from 0 to 16: a longer chain of causes is a loop."));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"2026-11-23T11:59:58.765Z\"', 2026-11-23T11:59:58.765Z",
    "'\"2026-11-23T13:59:58+02:00\"', 2026-11-23T11:59:58Z",
    "'\"2026-11-23T11:59:58.123456789z\"', 2026-11-23T11:59:58.123Z",
    "1795435198000, 2026-11-23T11:59:58Z",
    "1795435198000.75, 2026-11-23T11:59:58Z",
    "'\"2020-01-01T00:00:00Z\"', 2020-01-01T00:00:00Z"
  })
  void shouldTakeTheProducersTimeWhenItCanBeRight(String given, Instant occurredAt) {
    assertThat(activity(heartbeat("\"occurredAt\":" + given)).getOccurredAtMs())
        .isEqualTo(occurredAt.toEpochMilli());
    assertThat(activity(heartbeat("\"Timestamp\":" + given)).getOccurredAtMs())
        .isEqualTo(occurredAt.toEpochMilli());
  }

  /** Clocks of R21: never set, a day ahead, the year 2100; seconds taken for milliseconds. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "-9223372036854775808",
        "9223372036854775807",
        "1795435198",
        "\"2019-12-31T23:59:59.999Z\"",
        "\"2026-11-24T12:00:00Z\"",
        "\"2026-11-23T12:05:00.001Z\"",
        "\"2100-01-01T00:00:00Z\"",
        "\"-200000000-01-01T00:00:00Z\""
      })
  void shouldTakeTheDoorsTimeWhenTheProducersClockCannotBeRight(String given) {
    // when
    var event = activity(heartbeat("\"occurredAt\":" + given));
    // then
    assertThat(event.getOccurredAtMs()).isEqualTo(NOW.toEpochMilli());
    assertThat(event.getRecordedAtMs()).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void shouldTakeAClockThatIsALittleAheadOrADayBehind() {
    // given
    Instant ahead = NOW.plus(FlatLimits.CLOCK_AHEAD_MAX);
    Instant behind = NOW.minus(Duration.ofDays(1));
    // then
    assertThat(activity(heartbeat("\"occurredAt\":\"" + ahead + "\"")).getOccurredAtMs())
        .isEqualTo(ahead.toEpochMilli());
    assertThat(activity(heartbeat("\"occurredAt\":\"" + behind + "\"")).getOccurredAtMs())
        .isEqualTo(behind.toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2026-11-23T12:00:00\"",
        "\"2026-11-23\"",
        "\"yesterday\"",
        "true",
        "{}",
        "1e300",
        "9223372036854775808",
        "\"1795435198000\""
      })
  void shouldShowATimeWhenGivenNone(String given) {
    String expected = " must be an ISO-8601 time with its offset, such as 2026-11-23T12:00:00Z,"
        + " or epoch milliseconds.";
    assertThat(refused(heartbeat("\"occurredAt\":" + given)))
        .containsExactly(FieldError.invalid("occurredAt", "occurredAt" + expected));
    assertThat(refused(heartbeat("\"timestamp\":" + given)))
        .containsExactly(FieldError.invalid("timestamp", "timestamp" + expected));
  }

  @Test
  void shouldPreferOccurredAtWhenBothTimesAreGiven() {
    assertThat(activity(heartbeat(
                "\"timestamp\":\"2026-11-23T11:00:00Z\",\"occurredAt\":\"2026-11-23T10:00:00Z\""))
            .getOccurredAtMs())
        .isEqualTo(Instant.parse("2026-11-23T10:00:00Z").toEpochMilli());
  }

  @Test
  void shouldDecideForItselfWhenGivenWhatOnlyTheDoorKnows() {
    // when
    var event = activity(heartbeat("\"streamId\":\"other\",\"ordinal\":9,\"recordedAt\":1"));
    // then
    assertThat(event.getStreamId()).isEqualTo("dev-e-1");
    assertThat(event.getRecordedAtMs()).isEqualTo(NOW.toEpochMilli());
    assertThat(event.getExtra()).isNull();
    assertThat(event.getSource()).isEqualTo("test");
  }

  @Test
  void shouldCountTheIssuesWhenAMilestoneIsComplete() {
    // when
    var event = lifecycle("""
        {"type":"MILESTONE_COMPLETE","repo":"a/b","milestone":"v1","issueNumber":12}
        """);
    // then
    assertThat(event.getStreamId()).isEqualTo("a/b#milestone/v1");
    assertThat(event.getIssueNumber()).isNull();
    assertThat(((MilestoneComplete) event.getPayload()).getIssueCount()).isEqualTo(12);
  }

  @Test
  void shouldRefuseWhenAMilestoneHasBothCounts() {
    assertThat(refused("""
            {"type":"MILESTONE_COMPLETE","repo":"a/b","milestone":"v1","issueNumber":1,
            "issueCount":2}
            """)).extracting(FieldError::field).containsExactly("issueNumber");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\\nb\"", "\" \"", "5"})
  void shouldRefuseAMilestoneWhenItCouldNotBeAKey(String name) {
    assertThat(refused(
            "{\"type\":\"MILESTONE_COMPLETE\",\"repo\":\"a/b\",\"milestone\":" + name + "}"))
        .extracting(FieldError::field)
        .containsExactly("milestone");
  }

  @Test
  void shouldRefuseAMilestoneWhenItIsTooLongForAKey() {
    assertThat(refused("{\"type\":\"MILESTONE_COMPLETE\",\"repo\":\"a/b\",\"milestone\":\""
            + "x".repeat(201)
            + "\"}"))
        .containsExactly(FieldError.invalid("milestone", "milestone" + ID_EXPECTED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "\"547\"", "2147483648"})
  void shouldRefuseTheIssueWhenItsNumberIsNone(String given) {
    assertThat(refused("{\"type\":\"VERIFIED\",\"repo\":\"a/b\",\"issueNumber\":" + given + "}"))
        .containsExactly(FieldError.invalid(
            "issueNumber", "issueNumber must be a whole number from 1 to 2147483647."));
  }

  @Test
  void shouldKeepTheInstanceWhenAnAgentReportsOnAnIssue() {
    // when
    var event = lifecycle(
        "{\"type\":\"WORK_STARTED\",\"repo\":\"a/b\",\"issueNumber\":1,\"agentId\":\"dev-e/x\"}");
    // then
    assertThat(event.getAgentId()).isEqualTo("dev-e");
    assertThat(event.getInstance()).isEqualTo("x");
    assertThat(event.getStreamId()).isEqualTo("a/b#1");
  }

  @Test
  void shouldGiveAModelCallTheIdThatItsTelemetryHasWhenItNamesSessionAndRequest() {
    // given
    String call = """
        {"type":"TOKEN_USAGE","agentId":"dev-e","sessionId":"s","requestId":"req_1"%s}""";

    // when
    LogEvent byProxy = FlatText.accepted(call.formatted(",\"inputTokens\":1200"));
    LogEvent named = FlatText.accepted(call.formatted(",\"eventId\":\"e-1\""));
    LogEvent withoutRequest =
        FlatText.accepted("{\"type\":\"TOKEN_USAGE\",\"agentId\":\"a\",\"sessionId\":\"s\"}");

    // then
    assertThat(byProxy.eventId())
        .isEqualTo(EventIds.of("TOKEN_USAGE", "s", "req_1").toString());
    assertThat(named.eventId()).isEqualTo("e-1");
    assertThat(withoutRequest.eventId()).isEqualTo(FlatText.MINTED);
  }
}
