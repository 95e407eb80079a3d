package io.conductore.topology.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows are aligned to UTC, and the newest few are kept, whatever order they come in. */
class WindowsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:59:59.999Z, 2026-11-23T10:00:00Z, 2026-11-23T00:00:00Z",
    "2026-11-23T11:00:00Z, 2026-11-23T11:00:00Z, 2026-11-23T00:00:00Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z, 1969-12-31T23:00:00Z, 1969-12-31T00:00:00Z",
  })
  void shouldBeginOnTheHourAndAtMidnightWhenTimeIsInIt(Instant at, Instant hour, Instant day) {
    // given
    long timeMs = at.toEpochMilli();

    // when
    Instant hourStart = Window.HOUR.startOf(Window.HOUR.bucketAt(timeMs));

    // then
    assertThat(hourStart).isEqualTo(hour);
    assertThat(Window.DAY.startOf(Window.DAY.bucketAt(timeMs))).isEqualTo(day);
  }

  @Test
  void shouldKeepTheSameWindowsWhenTheOrderDiffers() {
    for (long seed = 0; seed < 1_000; seed++) {
      // given
      Random random = new Random(seed);
      List<Integer> buckets = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        buckets.add(random.nextInt(9));
      }
      Windows sorted = filled(buckets.stream().sorted().toList());

      // when
      Collections.shuffle(buckets, random);
      Windows shuffled = filled(buckets);

      // then
      assertThat(shuffled).as("seed=" + seed).isEqualTo(sorted);
      assertThat(shuffled.byBucket()).as("seed=" + seed).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void shouldLeaveTheEarlierValueAloneWhenMoreIsSpent() {
    // given
    Windows before = filled(List.of(1, 2));

    // when
    Windows after = before.plus(2, new Spent(5, Usd.ZERO));

    // then
    assertThat(before.at(2).tokens()).isEqualTo(1);
    assertThat(after.at(2).tokens()).isEqualTo(6);
    assertThat(after.at(9)).isEqualTo(Spent.NOTHING);
  }

  private static Windows filled(List<Integer> buckets) {
    Windows windows = Windows.EMPTY;
    for (int bucket : buckets) {
      windows = windows.plus(bucket, new Spent(1, new Usd(7)));
    }
    return windows;
  }
}
