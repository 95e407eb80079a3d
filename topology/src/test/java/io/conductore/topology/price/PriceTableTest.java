package io.conductore.topology.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model call costs, by the table and the day. */
class PriceTableTest {
  private static final String UNKNOWN =
      "unknown: {input: 5, output: 25, cacheWrite5m: 6.25, cacheWrite1h: 10, cacheRead: 0.5}\n";
  private static final String PRICE =
      "input: 1, output: 2, cacheWrite5m: 3, cacheWrite1h: 4, cacheRead: 0.5";

  @TempDir
  Path folder;

  @Test
  void shouldCostWhatTheRecordedSessionCostWhenItsCallsArePriced() {
    // given
    Flat call = Flat.usage("dev-e", 1_200, 85)
        .with("cacheCreationTokens", 300)
        .with("cacheReadTokens", 9_000);

    // when
    Usd cost = IntStream.range(0, 10)
        .mapToObj(i -> cost(PriceTable.bundled(), call))
        .reduce(Usd.ZERO, Usd::plus);

    // then
    assertThat(cost.toDecimal()).isEqualTo(new BigDecimal("0.0870"));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-6, 18",
    "claude-sonnet-4-20250514, 18",
    "anthropic/claude-sonnet-4-6, 18",
    "claude-sonnet-5-1, 12",
    "claude-opus-4-1, 90",
    "claude-opus-4-5-20251101, 30",
    "claude-haiku-4-5, 6",
    "unheard-of, 30",
    "'', 30",
  })
  void shouldTakeTheLongestNameThatBeginsTheModelsWhenPricing(String model, long micros) {
    // given
    Flat call = Flat.usage("dev-e", 1, 1).with("model", model);

    // when
    Usd cost = cost(PriceTable.bundled(), call);

    // then
    assertThat(cost).isEqualTo(new Usd(micros * 1_000_000));
  }

  @Test
  void shouldPriceCacheWritesByTheirTimeWhenSomeAreForAnHour() {
    // given
    Flat call = Flat.usage("dev-e", 0, 0)
        .with("cacheCreationTokens", 100)
        .with("cacheCreation1hTokens", 40);
    Flat odd = Flat.usage("dev-e", 0, 0)
        .with("cacheCreationTokens", 100)
        .with("cacheCreation1hTokens", 400);

    // when
    Usd cost = cost(PriceTable.bundled(), call);

    // then
    assertThat(cost).isEqualTo(Usd.of(new BigDecimal("0.000465")));
    assertThat(cost(PriceTable.bundled(), odd)).isEqualTo(Usd.of(new BigDecimal("0.0006")));
  }

  @ParameterizedTest
  @CsvSource({"200000, 0, 3", "200001, 0, 6", "100000, 100001, 6", "100000, 100000, 3"})
  void shouldBillTheWholeCallByTheTierWhenThePromptIsLong(
      long input, long cached, long usdPerMillion) {
    // given
    Flat call = Flat.usage("dev-e", input, 1_000)
        .with("model", "claude-sonnet-4-5")
        .with("cacheReadTokens", cached);
    long output = usdPerMillion == 6 ? 22_500_000 : 15_000_000;
    long cacheRead = usdPerMillion == 6 ? 600_000 : 300_000;

    // when
    Usd cost = cost(PriceTable.bundled(), call);

    // then
    assertThat(cost.pico())
        .isEqualTo(input * usdPerMillion * 1_000_000 + 1_000 * output + cached * cacheRead);
  }

  @Test
  void shouldTakeCacheTokensOutOfTheInputWhenTheSourceCountsThemIn() {
    // given
    Flat beside =
        Flat.usage("dev-e", 100, 10).with("cacheCreationTokens", 300).with("cacheReadTokens", 600);
    Flat within = Flat.usage("dev-e", 1_000, 10)
        .with("inputIncludesCache", true)
        .with("cacheCreationTokens", 300)
        .with("cacheReadTokens", 600);

    // when
    TokenUsage stamped = stamped(PriceTable.bundled(), within);

    // then
    assertThat(stamped.getInputTokens()).isEqualTo(100);
    assertThat(stamped.getInputIncludesCache()).isFalse();
    assertThat(cost(PriceTable.bundled(), within)).isEqualTo(cost(PriceTable.bundled(), beside));
  }

  @ParameterizedTest
  @CsvSource({"4000, 10, 1000", "4001, 10, 1001", "0, 0, 1", "40, 500, 500"})
  void shouldChargeTheFloorWhenAStreamWasCutShort(long chars, long reported, long charged) {
    // given
    Flat call =
        Flat.usage("dev-e", 100, reported).with("aborted", true).with("receivedChars", chars);

    // when
    TokenUsage stamped = stamped(PriceTable.bundled(), call);

    // then
    assertThat(stamped.getOutputTokens()).isEqualTo(charged);
    assertThat(cost(PriceTable.bundled(), call))
        .isEqualTo(cost(PriceTable.bundled(), Flat.usage("dev-e", 100, charged)));
  }

  @Test
  void shouldNameTheListThatACostIsByUnlessItWasReported() throws IOException {
    // given
    PriceTable named = read("version: v7\n" + UNKNOWN);
    PriceTable unnamed = read(UNKNOWN);

    // when
    TokenUsage estimated = stamped(named, Flat.usage("dev-e", 1, 1));
    TokenUsage reported =
        stamped(named, Flat.usage("dev-e", 1, 1).with("costUsd", 1).with("priceVersion", "forged"));

    // then
    assertThat(estimated.getPriceVersion()).isEqualTo("v7");
    assertThat(estimated.getCostBasis()).isEqualTo("unknown-model");
    assertThat(reported.getPriceVersion()).isNull();
    assertThat(unnamed.version()).startsWith("unnamed-").isEqualTo(read(UNKNOWN).version());
  }

  @Test
  void shouldReserveTheDearestWhenThePromptMayBeCached() {
    // given
    PriceTable prices = PriceTable.bundled();
    long nowMs = Instant.parse("2026-11-23T10:30:00Z").toEpochMilli();

    // when
    Usd most = prices.atMost("claude-haiku-4-5", 1_000, 100, nowMs);
    Usd unknown = prices.atMost(null, 1_000, 100, nowMs);

    // then
    assertThat(most).isEqualTo(Usd.of(new BigDecimal("0.0025")));
    assertThat(unknown).isEqualTo(Usd.of(new BigDecimal("0.0125")));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-31T23:59:59.999Z, 1",
    "2026-01-01T00:00:00Z, 2",
    "2026-05-31T12:00:00Z, 2",
    "2026-06-01T00:00:00Z, 3",
    "2020-01-01T00:00:00Z, 1",
  })
  void shouldTakeThePriceOfTheDayWhenItChanged(Instant at, long usdPerMillion) throws IOException {
    // given
    PriceTable prices = read(UNKNOWN
        + "models:\n"
        + "  - match: m\n"
        + "    prices:\n"
        + "      - {from: 2026-06-01, " + PRICE.replace("input: 1", "input: 3") + "}\n"
        + "      - {from: 2025-01-01, " + PRICE + "}\n"
        + "      - {from: 2026-01-01, " + PRICE.replace("input: 1", "input: 2") + "}\n");

    // when
    Usd cost = cost(prices, Flat.usage("dev-e", 1, 0).with("model", "model-x").at(at));

    // then
    assertThat(cost).isEqualTo(new Usd(usdPerMillion * 1_000_000));
  }

  @Test
  void shouldBelieveTheProducerWhenItSaysWhatACallCost() {
    // given
    Flat call =
        Flat.usage("dev-e", 1_000, 1_000).with("costUsd", "0.5").with("costBasis", "listed");

    // when
    TokenUsage stamped = stamped(PriceTable.bundled(), call);

    // then
    assertThat(stamped.getCostPicoUsd()).isEqualTo(500_000_000_000L);
    assertThat(stamped.getCostBasis()).isEqualTo("reported");
  }

  @Test
  void shouldPriceACallWhenAListedModelIsSaidToCostNothing() {
    // given
    Flat listed = Flat.usage("dev-e", 1_000, 1_000).with("costUsd", 0);
    Flat ours = Flat.usage("dev-e", 1_000, 1_000).with("costUsd", 0).with("model", "our-own-model");

    // when
    TokenUsage priced = stamped(PriceTable.bundled(), listed);
    TokenUsage free = stamped(PriceTable.bundled(), ours);

    // then
    assertThat(priced.getCostPicoUsd()).isPositive();
    assertThat(priced.getCostBasis()).isEqualTo("listed");
    assertThat(free.getCostPicoUsd()).isZero();
    assertThat(free.getCostBasis()).isEqualTo("reported");
  }

  @Test
  void shouldDecideTheBasisItselfWhenTheProducerNamesOne() {
    // given
    Flat call = Flat.usage("dev-e", 1, 1).with("costBasis", "reported");

    // when
    TokenUsage stamped = stamped(PriceTable.bundled(), call);

    // then
    assertThat(stamped.getCostBasis()).isEqualTo("listed");
  }

  @Test
  void shouldStayInRangeWhenTheDearestTableMeetsTheLargestCall() throws IOException {
    // given
    String dearest = PRICE.replaceAll(": [0-9.]+", ": 10000");
    PriceTable prices =
        read(UNKNOWN + "models: [{match: m, prices: [{from: 2025-01-01, " + dearest + "}]}]");
    Flat call = Flat.usage("dev-e", 100_000_000, 100_000_000)
        .with("model", "m")
        .with("cacheCreationTokens", 100_000_000)
        .with("cacheReadTokens", 100_000_000);

    // when
    Usd cost = cost(prices, call);

    // then
    assertThat(cost).isEqualTo(Usd.of(new BigDecimal(4_000_000)));
  }

  @Test
  void shouldTakeTheBundledTableWhenThereIsNoFile() throws IOException {
    // given
    Path absent = folder.resolve("prices.yaml");

    // when
    PriceTable prices = PriceTable.read(absent);

    // then
    assertThat(cost(prices, Flat.usage("dev-e", 1, 0))).isEqualTo(new Usd(3_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "models: []",
        "unknown: {input: 1}",
        UNKNOWN + "models: [{match: '', prices: [{from: 2025-01-01, " + PRICE + "}]}]",
        UNKNOWN + "models: [{match: m, prices: []}]",
        UNKNOWN + "models: [{match: m, prices: [{" + PRICE + "}]}]",
        UNKNOWN + "models: [{match: m, prices: [{from: someday, " + PRICE + "}]}]",
        UNKNOWN + "models: [{match: m, prices: [{from: 2025-01-01, input: -1}]}]",
        UNKNOWN + "models: [{match: m, prices: [{from: 2025-01-01, input: cheap}]}]",
        UNKNOWN + "models: [{match: m, prices: [{from: 2025-01-01, input: 10001}]}]",
        UNKNOWN + "models: [{match: m, prices: [{from: 2025-01-01, input: 0.0000001}]}]",
      })
  void shouldRefuseATableWhenAnEntryIsWrong(String yaml) {
    // given
    var reading = assertThatThrownBy(() -> read(yaml));

    // when
    var refusal = reading.isInstanceOf(IllegalArgumentException.class);

    // then
    refusal.hasMessageMatching("(unknown|models|m)\\b.*");
  }

  private PriceTable read(String yaml) throws IOException {
    return PriceTable.read(Files.writeString(folder.resolve("prices.yaml"), yaml));
  }

  private static Usd cost(PriceTable prices, Flat call) {
    return new Usd(stamped(prices, call).getCostPicoUsd());
  }

  private static TokenUsage stamped(PriceTable prices, Flat call) {
    Reading reading = new Reading(RigDriver.START.toEpochMilli(), () -> "e-1", null);
    FlatOutcome outcome = FlatReader.read(call.json(), reading);
    if (!(outcome instanceof FlatOutcome.Accepted accepted)) {
      throw new AssertionError(outcome.toString());
    }
    prices.stamp(accepted.event());
    return (TokenUsage) ((AgentActivity) accepted.event().envelope()).getPayload();
  }
}
