package io.conductore.query.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.query.SetClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private static final Rate RATE = new Rate(10, 100);

  private final SetClock clock = new SetClock();
  private final RateLimits limits = new RateLimits(2, clock);

  @Test
  void shouldCountABatchByItsEvents() {
    // when
    Duration first = limits.take("a", RATE, 60);
    Duration second = limits.take("a", RATE, 60);
    clock.goOn(Duration.ofSeconds(2));
    Duration third = limits.take("a", RATE, 60);

    // then
    assertThat(first).isZero();
    assertThat(second).isEqualTo(Duration.ofSeconds(2));
    assertThat(third).isZero();
  }

  @Test
  void shouldLetACostAboveTheBurstThroughOnceAndHaveItPaidOff() {
    // when
    Duration first = limits.take("a", RATE, 150);
    Duration second = limits.take("a", RATE, 1);

    // then
    assertThat(first).isZero();
    assertThat(second).isEqualTo(Duration.ofMillis(5_100));
  }

  @Test
  void shouldForgetWhoAskedLongestAgoWhenThereAreTooMany() {
    // given
    limits.take("a", RATE, 100);
    limits.take("b", RATE, 100);

    // when
    limits.take("c", RATE, 100);

    // then
    assertThat(limits.take("b", RATE, 1)).isPositive();
    assertThat(limits.take("a", RATE, 1)).isZero();
  }

  @Test
  void shouldNotGiveAnythingWhenTheClockGoesBack() {
    // given
    limits.take("a", RATE, 100);

    // when
    clock.goOn(Duration.ofSeconds(-10));

    // then
    assertThat(limits.take("a", RATE, 1)).isPositive();
  }
}
