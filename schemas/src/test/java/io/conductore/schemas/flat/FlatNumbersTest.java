package io.conductore.schemas.flat;

import static io.conductore.schemas.flat.FlatText.activity;
import static io.conductore.schemas.flat.FlatText.heartbeat;
import static io.conductore.schemas.flat.FlatText.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.BudgetLimitChanged;
import io.conductore.schemas.activity.BudgetWarning;
import io.conductore.schemas.activity.Heartbeat;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.activity.ToolCall;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as producers write them, and as an attacker would. */
class FlatNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0.087, 87000000000",
    "0.08700000000000001, 87000000000",
    "'\"0.0870\"', 87000000000",
    "8.7e-2, 87000000000",
    "'\"8.7E-2\"', 87000000000",
    "0, 0",
    "0.0, 0",
    "1e-7, 100000",
    "1e-12, 1",
    "1000, 1000000000000000"
  })
  void shouldReadTheSameMoneyWhenWrittenInAnyWay(String cost, long pico) {
    assertThat(usage("\"costUsd\":" + cost).getCostPicoUsd()).isEqualTo(pico);
  }

  @Test
  void shouldReadTheSameMoneyWhenTheParserGivesBinaryFloats() {
    // given
    ObjectNode event = usageJson();
    event.set("costUsd", DoubleNode.valueOf(0.1 + 0.2));
    // when
    var envelope = (AgentActivity) FlatText.accepted(event).envelope();
    // then
    assertThat(((TokenUsage) envelope.getPayload()).getCostPicoUsd()).isEqualTo(300_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-0.01",
        "1000.01",
        "1e400",
        "1e2000000000",
        "1e-2000000000",
        "\"1e99999999\"",
        "\"NaN\"",
        "\"Infinity\"",
        "\"$5\"",
        "\"0,087\"",
        "\" 1\"",
        "true",
        "[]",
        "{}"
      })
  void shouldRefuseMoneyWhenItIsNoneOrTooMuch(String cost) {
    assertThat(refused(usageText("\"costUsd\":" + cost)))
        .containsExactly(FieldError.invalid(
            "costUsd", "costUsd must be a decimal number of dollars from 0 to 1000."));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void shouldRefuseANumberWhenTheParserMadeItInfinite(double number) {
    for (String field : new String[] {"costUsd", "inputTokens", "latencyMs", "issueNumber"}) {
      // given
      ObjectNode event = usageJson();
      event.set(field, DoubleNode.valueOf(number));
      // when
      FlatOutcome outcome = FlatReader.read(event, FlatText.reading());
      // then
      assertThat(outcome)
          .isInstanceOfSatisfying(
              FlatOutcome.Refused.class,
              refused -> assertThat(refused.errors())
                  .extracting(FieldError::field)
                  .containsExactly(field));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "12, 12", "12.0, 12", "1.2e1, 12", "100000000, 100000000", "1E8, 100000000"})
  void shouldReadAWholeNumberWhenItIsOne(String tokens, long read) {
    assertThat(usage("\"inputTokens\":" + tokens).getInputTokens()).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "0.5",
        "\"12\"",
        "100000001",
        "9223372036854775808",
        "1e400",
        "1e999999999",
        "1e-400",
        "\"NaN\"",
        "true",
        "[1]"
      })
  void shouldRefuseTokensWhenTheyAreNoCount(String tokens) {
    assertThat(refused(usageText("\"inputTokens\":" + tokens)))
        .containsExactly(FieldError.invalid(
            "inputTokens", "inputTokens must be a whole number from 0 to 100000000."));
  }

  @Test
  void shouldRefuseANumberOfAThousandDigitsWithoutDelay() {
    assertThat(refused(usageText("\"inputTokens\":" + "9".repeat(1_000))))
        .extracting(FieldError::field)
        .containsExactly("inputTokens");
    assertThat(refused(usageText("\"costUsd\":0." + "9".repeat(990))))
        .extracting(FieldError::field)
        .containsExactly("costUsd");
  }

  /** performance.now() and process.uptime() count in fractions. */
  @ParameterizedTest
  @CsvSource({"0, 0", "12.9, 12", "0.04, 0", "1e3, 1000", "1234567.000001, 1234567"})
  void shouldDropTheFractionWhenAClockCountsInFractions(String given, long kept) {
    // when
    var call = (ToolCall)
        activity("{\"type\":\"TOOL_CALL\",\"agentId\":\"a\",\"tool\":\"Bash\",\"durationMs\":"
                + given
                + "}")
            .getPayload();
    var heartbeat =
        (Heartbeat) activity(heartbeat("\"uptimeSeconds\":" + given)).getPayload();
    // then
    assertThat(call.getDurationMs()).isEqualTo(kept);
    assertThat(heartbeat.getUptimeSeconds()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400", "\"5\"", "1e99999999"})
  void shouldRefuseADoubleWhenItIsNotFinite(String given) {
    assertThat(refused(heartbeat("\"memoryMB\":" + given)))
        .containsExactly(FieldError.invalid("memoryMB", "memoryMB must be a number."));
  }

  @ParameterizedTest
  @CsvSource({"5000, 5000000000000000", "1000000, 1000000000000000000"})
  void shouldTakeALimitWhenItIsMoreThanOneCallMayCost(String limit, long pico) {
    // when
    var changed =
        (BudgetLimitChanged) activity(limitText("\"limitUsd\":" + limit)).getPayload();
    // then
    assertThat(changed.getLimitPicoUsd()).isEqualTo(pico);
    assertThat(refused(limitText("\"limitUsd\":1000001")))
        .containsExactly(FieldError.invalid(
            "limitUsd", "limitUsd must be a decimal number of dollars from 0 to 1000000."));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"2100-01-01T00:00:00Z\"', 2100-01-01T00:00:00Z",
    "0, 1970-01-01T00:00:00Z",
    "'\"9999-12-31T23:59:59.999Z\"', 9999-12-31T23:59:59.999Z"
  })
  void shouldTakeADeadlineWhenItIsFarAway(String until, Instant expected) {
    // when
    var changed = (BudgetLimitChanged) activity(limitText("\"until\":" + until)).getPayload();
    // then
    assertThat(changed.getUntilMs()).isEqualTo(expected.toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "253402300800000", "9223372036854775807", "\"soon\"", "\"1\""})
  void shouldRefuseADeadlineWhenNoClockShowsIt(String until) {
    assertThat(refused(limitText("\"until\":" + until)))
        .extracting(FieldError::field)
        .containsExactly("until");
  }

  @ParameterizedTest
  @CsvSource({
    "1.50, 1.5",
    "'\"1.50\"', 1.5",
    "1e3, 1000",
    "-2, -2",
    "0.00, 0",
    "1e-20, 0.00000000000000000001"
  })
  void shouldKeepOneTextWhenADecimalIsWrittenInManyWays(String given, String kept) {
    // when
    var warning = (BudgetWarning)
        activity("{\"type\":\"BUDGET_WARNING\",\"agentId\":\"a\",\"window\":\"hour\",\"spent\":"
                + given
                + "}")
            .getPayload();
    // then
    assertThat(warning.getSpent()).isEqualTo(kept);
  }

  private static TokenUsage usage(String fields) {
    return (TokenUsage) activity(usageText(fields)).getPayload();
  }

  private static String usageText(String fields) {
    return "{\"type\":\"TOKEN_USAGE\",\"agentId\":\"a\"," + fields + "}";
  }

  private static String limitText(String fields) {
    return "{\"type\":\"BUDGET_LIMIT_CHANGED\",\"agentId\":\"a\",\"window\":\"day\"," + fields
        + "}";
  }

  private static ObjectNode usageJson() {
    return (ObjectNode) FlatText.parse(usageText("\"model\":\"m\""));
  }
}
