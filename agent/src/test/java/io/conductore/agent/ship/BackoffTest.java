package io.conductore.agent.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 9, new Random(3));

  @Test
  void shouldDoubleUpToTheLimitWhenAttemptsGoOn() {
    for (int attempts = 1; attempts < 100; attempts++) {
      long full = Math.min(100L << Math.min(attempts - 1, 20), 1_000);
      assertThat(backoff.after(attempts, Duration.ZERO))
          .isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
    }
  }

  @Test
  void shouldWaitAsLongAsAskedWhenThatIsLonger() {
    assertThat(backoff.after(1, Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    assertThat(backoff.after(1, Duration.ofDays(1))).isEqualTo(Backoff.RETRY_AFTER_MAX);
  }
}
