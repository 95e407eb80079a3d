package io.conductore.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

  @Test
  void shouldTakeTheMiddleWhenOneRoundIsFarOff() {
    // given
    Series series = new Series(List.of(100.0, 3.0, 101.0));

    // when
    double median = series.median();

    // then
    assertThat(median).isEqualTo(100.0);
    assertThat(series.min()).isEqualTo(3.0);
    assertThat(series.max()).isEqualTo(101.0);
  }

  @Test
  void shouldTakeTheMeanOfTheMiddleTwoWhenRoundsAreEven() {
    // given
    Series series = new Series(List.of(4.0, 1.0, 3.0, 2.0));

    // when
    double median = series.median();

    // then
    assertThat(median).isEqualTo(2.5);
  }

  @Test
  void shouldPairRoundsWhenDividing() {
    // given
    Series product = new Series(List.of(30.0, 10.0, 60.0));
    Series peer = new Series(List.of(10.0, 5.0, 15.0));

    // when
    Series ratio = product.over(peer);

    // then
    assertThat(ratio.rounds()).containsExactly(3.0, 2.0, 4.0);
  }
}
