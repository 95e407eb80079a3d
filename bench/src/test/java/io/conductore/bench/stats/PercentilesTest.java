package io.conductore.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  @Test
  void shouldNameObservedValuesWhenRanked() {
    // given
    long[] oneToThousand = LongStream.rangeClosed(1, 1_000).toArray();

    // when
    Percentiles percentiles = Percentiles.ofSorted(oneToThousand);

    // then
    assertThat(percentiles).isEqualTo(new Percentiles(1_000, 500, 990, 1_000));
  }

  @Test
  void shouldCountTheOneSlowRequestInHundredOnlyBeyondTheNinetyNinth() {
    // given
    long[] oneSlow =
        LongStream.rangeClosed(1, 100).map(i -> i == 100 ? 9_000 : 7).toArray();
    long[] twoSlow =
        LongStream.rangeClosed(1, 100).map(i -> i >= 99 ? 9_000 : 7).toArray();

    // when
    Percentiles one = Percentiles.ofSorted(oneSlow);
    Percentiles two = Percentiles.ofSorted(twoSlow);

    // then
    assertThat(one.p99Nanos()).isEqualTo(7);
    assertThat(one.maxNanos()).isEqualTo(9_000);
    assertThat(two.p99Nanos()).isEqualTo(9_000);
  }

  @Test
  void shouldBeTheOnlyValueWhenThereIsOne() {
    // given
    long[] single = {42};

    // when
    Percentiles percentiles = Percentiles.ofSorted(single);

    // then
    assertThat(percentiles).isEqualTo(new Percentiles(1, 42, 42, 42));
  }

  @Test
  void shouldRefuseWhenThereIsNothing() {
    // given
    long[] nothing = {};

    // when
    // then
    assertThatThrownBy(() -> Percentiles.ofSorted(nothing))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldMergeAllWorkersWhenTheyRecordedMoreThanTheyStartedWith() {
    // given
    Latencies even = new Latencies();
    Latencies odd = new Latencies();
    for (long i = 1; i <= 20_000; i++) {
      (i % 2 == 0 ? even : odd).record(i);
    }

    // when
    Percentiles percentiles = Latencies.summarise(List.of(even, odd));

    // then
    assertThat(percentiles).isEqualTo(new Percentiles(20_000, 10_000, 19_800, 20_000));
  }
}
