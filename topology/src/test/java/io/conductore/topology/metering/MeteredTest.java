package io.conductore.topology.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TelemetryMetered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delta and cumulative counters of one session end in the totals of what it really used. */
class MeteredTest {
  private static final int SEEDS = 500;

  /** Four kinds are read at once, so that sixteen readings of one are sixty-four in the log. */
  private static final int PLACES_MAX = 4 * Run.READINGS_KEPT;

  @Test
  void shouldGiveTheTrueTotalsWhateverTheTemporalityAndTheOrder() {
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      Random random = new Random(seed);
      History history = History.of(random, true);

      // when
      Metered deltas =
          History.folded(History.jumbled(history.deltas(), history.deltas().size(), random));
      Metered cumulative =
          History.folded(History.jumbled(history.cumulative(), PLACES_MAX, random));

      // then
      assertThat(totals(deltas)).as("seed=%d", seed).isEqualTo(history.truth());
      assertThat(totals(cumulative)).as("seed=%d", seed).isEqualTo(history.truth());
      assertThat(cumulative.unfollowed()).isZero();
    }
  }

  @Test
  void shouldSeeAResetByItsFallWhenNobodySaysSinceWhenItCounts() {
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      Random random = new Random(seed);
      History history = History.of(random, false);

      // when
      Metered inOrder = History.folded(history.cumulative());
      Metered jumbled = History.folded(History.jumbled(history.cumulative(), PLACES_MAX, random));

      // then
      List<Long> found = totals(inOrder);
      for (int kind = 0; kind < found.size(); kind++) {
        // A process whose first reading is as high as the last one of the process before hides.
        assertThat(history.truth().get(kind) - found.get(kind))
            .as("seed=%d", seed)
            .isBetween(0L, 4L);
      }
      assertThat(totals(jumbled)).as("seed=%d", seed).isEqualTo(found);
    }
  }

  /** The comparison above would see a fold that takes the newest reading for the total. */
  @Test
  void shouldDifferFromTheTruthWhenResetsAreForgotten() {
    // given
    long seen = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      History history = History.of(new Random(seed), true);

      // when
      long newest = history.cumulative().stream()
          .map(event -> (TelemetryMetered) event.getPayload())
          .filter(said -> said.getKind().equals("input"))
          .mapToLong(said -> Long.parseLong(said.getAmount()))
          .reduce(0, (before, now) -> now);
      seen += newest == history.truth().getFirst() ? 0 : 1;
    }

    // then
    assertThat(seen).isGreaterThan(SEEDS / 2);
  }

  @Test
  void shouldChangeNothingWhenAReadingComesAgainOrIsTooLateToFindItsPlace() {
    // given
    List<AgentActivity> readings = new ArrayList<>();
    for (int minute = 1; minute <= 3 * Run.READINGS_KEPT; minute++) {
      readings.add(History.reading("input", 10L * minute, true, 1_000, 60_000L * minute));
    }

    // when
    Metered once = History.folded(readings);
    readings.addAll(List.copyOf(readings.subList(0, 5)));
    Metered again = History.folded(readings);

    // then
    assertThat(totals(once).getFirst()).isEqualTo(30L * Run.READINGS_KEPT);
    assertThat(totals(again)).isEqualTo(totals(once));
    assertThat(again.readings()).isEqualTo(once.readings() + 5);
  }

  @Test
  void shouldKeepCountersApartWhenTwoProcessesOfOneSessionRunAtOnce() {
    // given
    List<AgentActivity> readings = new ArrayList<>();
    for (int minute = 1; minute <= 40; minute++) {
      readings.add(History.reading("output", 3L * minute, true, 1_000, 60_000L * minute));
      readings.add(History.reading("output", 5L * minute, true, 2_000, 60_000L * minute));
    }

    // when
    Metered metered = History.folded(readings);

    // then
    assertThat(metered.total().output()).isEqualTo(40 * 3 + 40 * 5);
  }

  @Test
  void shouldNotCountAnEndedProcessTwiceWhenItsLastReadingComesAfterManyRestarts() {
    // given
    List<AgentActivity> readings = new ArrayList<>();
    for (int process = 1; process <= 3 * Counter.RUNS_KEPT; process++) {
      readings.add(History.reading("input", 7, true, 1_000L * process, 1_000L * process + 1));
    }

    // when
    Metered before = History.folded(readings);
    readings.add(History.reading("input", 9, true, 1_000, 999_000));
    Metered after = History.folded(readings);

    // then
    assertThat(totals(before).getFirst()).isEqualTo(7 * 3 * Counter.RUNS_KEPT);
    assertThat(totals(after)).isEqualTo(totals(before));
  }

  @Test
  void shouldSayThatItSawMoreWhenASessionHasMoreCountersThanAreFollowed() {
    // given
    List<AgentActivity> readings = new ArrayList<>();
    for (int series = 0; series < Metered.COUNTERS_MAX + 3; series++) {
      AgentActivity event = History.reading("input", 1, true, 1, 2);
      ((TelemetryMetered) event.getPayload()).setSeries("series " + series);
      readings.add(event);
    }

    // when
    Metered metered = History.folded(readings);

    // then
    assertThat(metered.total().input()).isEqualTo(Metered.COUNTERS_MAX);
    assertThat(metered.unfollowed()).isEqualTo(3);
  }

  /** The figures of docs/decisions/0019-counters-check-calls.md. */
  @Test
  void shouldStayWithinItsBytesWhenEveryLimitIsReached() {
    // given
    List<AgentActivity> all = new ArrayList<>();
    for (int series = 0; series < 2 * Metered.COUNTERS_MAX; series++) {
      for (int run = 0; run < 2 * Counter.RUNS_KEPT; run++) {
        for (int minute = 1; minute <= 2 * Run.READINGS_KEPT; minute++) {
          long atMs = 1_795_435_139_000L + 60_000L * (minute + 100L * run);
          AgentActivity event = History.reading("input", 9_000L * minute, true, atMs, atMs);
          TelemetryMetered said = (TelemetryMetered) event.getPayload();
          said.setSeries("0123456789abcde-" + series);
          said.setStartedAtMs(1_795_435_139_000L + 60_000L * 100 * run);
          all.add(event);
        }
      }
    }
    AgentActivity delta = History.reading("input", 15_600, false, 1, 1_795_435_139_000L);

    // when
    int bytesMost = Metered.SERDE.toBytes(History.folded(all)).length;
    int bytesUsual = Metered.SERDE.toBytes(History.folded(List.of(delta, delta))).length;

    // then
    assertThat(bytesMost).isLessThan(64 * 1_024);
    assertThat(bytesUsual).isLessThan(64);
  }

  @ParameterizedTest
  @CsvSource({
    "12, 12",
    "12.0, 12",
    "1e3, 1000",
    "0.4, 0",
    "0, 0",
    "-5, 0",
    "many, 0",
    "'', 0",
    "1e1000000000, 9000000000000000000",
    "1e-1000000000, 0",
    "1e19, 9000000000000000000"
  })
  void shouldTakeAnyAmountForANumberWhoeverWroteIt(String amount, long tokens) {
    // given
    AgentActivity event = History.reading("input", 1, false, 1, 2);
    ((TelemetryMetered) event.getPayload()).setAmount(amount);

    // when
    Metered metered = History.folded(List.of(event));

    // then
    assertThat(metered.total().input()).isEqualTo(tokens);
  }

  @Test
  void shouldStopAtTheLargestNumberWhenACounterIsBeyondReason() {
    // given
    AgentActivity event = History.reading("input", 1, false, 1, 2);
    ((TelemetryMetered) event.getPayload()).setAmount("1" + "0".repeat(38));

    // when
    Metered metered = History.folded(List.of(event, event, event));

    // then
    assertThat(metered.total().input()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldReadBackWhatWasWritten() {
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      Random random = new Random(seed);
      History history = History.of(random, random.nextBoolean());
      List<AgentActivity> both = new ArrayList<>(history.cumulative());
      both.addAll(history.deltas());
      Collections.shuffle(both, random);
      Metered metered = History.folded(both.subList(0, 1 + random.nextInt(both.size())));

      // when
      Metered read = Metered.SERDE.fromBytes(Metered.SERDE.toBytes(metered));

      // then
      assertThat(read).as("seed=%d", seed).isEqualTo(metered);
    }
  }

  /** Bytes that a release has written stay readable for ever; see GoldenStateTest. */
  @Test
  void shouldReadAndWriteTheBytesOfVersionOne() throws IOException {
    // given
    byte[] golden;
    try (InputStream hex = getClass().getResourceAsStream("/golden/state-v1/metered.hex")) {
      String text = new String(Objects.requireNonNull(hex).readAllBytes(), StandardCharsets.UTF_8);
      golden = HexFormat.of().parseHex(text.strip());
    }
    Run run = new Run(
        200,
        2,
        new Run.Reading(500, 30),
        List.of(new Run.Reading(600, 31), new Run.Reading(700, 40)));
    Counter counter = new Counter(MeterKind.INPUT, 4, 100, List.of(run));
    Metered metered = new Metered(
        new Amounts(12, 5, 3, 9, 8_700_000_000L),
        new TreeMap<>(Map.of("input s", counter)),
        7,
        1,
        10_000);

    // when
    Metered read = Metered.SERDE.fromBytes(golden);

    // then
    assertThat(read).isEqualTo(metered);
    assertThat(Metered.SERDE.toBytes(metered)).isEqualTo(golden);
  }

  private static List<Long> totals(Metered metered) {
    Amounts total = metered.total();
    return List.of(total.input(), total.output(), total.cacheCreation(), total.cacheRead());
  }
}
