package io.conductore.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class StolenTimeTest {

  @Test
  void shouldCountOnlyWhatWasStolenSinceWhenTheMachineHasBeenUpForLong() throws IOException {
    // given
    StolenTime stolen = stolen(
        "cpu  1000 10 200 5000 40 0 20 900 300 0", "cpu  1060 10 220 5100 40 0 20 920 330 0");

    // when
    double percent = stolen.percent();

    // then
    assertThat(percent).isEqualTo(10.0);
  }

  @Test
  void shouldSayThatItDoesNotKnowWhenTheKernelCountsNothing() throws IOException {
    // given
    StolenTime stolen = stolen("", "");

    // when
    double percent = stolen.percent();

    // then
    assertThat(percent).isNaN();
  }

  @Test
  void shouldReadThisMachineWhenItIsTheRealOne() throws IOException {
    // given
    StolenTime stolen = StolenTime.begin();

    // when
    double percent = stolen.percent();

    // then
    assertThat(Double.isNaN(percent) || (percent >= 0 && percent <= 100)).isTrue();
  }

  private static StolenTime stolen(String... lines) throws IOException {
    Deque<String> readings = new ArrayDeque<>(List.of(lines));
    return new StolenTime(readings::pop);
  }
}
