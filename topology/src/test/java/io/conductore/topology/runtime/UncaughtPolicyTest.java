package io.conductore.topology.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/** One dead thread is replaced; threads that keep dying end the client, which then fails loudly. */
class UncaughtPolicyTest {
  private static final StreamsException DEATH = new StreamsException("seeded");

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final UncaughtPolicy policy = new UncaughtPolicy(now::get);

  @Test
  void shouldReplaceThreadsWhenFewDie() {
    for (int death = 1; death <= UncaughtPolicy.REPLACEMENTS_MAX; death++) {
      // given
      var error = DEATH;

      // when
      var response = policy.handle(error);

      // then
      assertThat(response).isEqualTo(REPLACE_THREAD);
    }
  }

  @Test
  void shouldStopTheClientWhenThreadsKeepDying() {
    // given
    for (int death = 1; death <= UncaughtPolicy.REPLACEMENTS_MAX; death++) {
      policy.handle(DEATH);
      pass(Duration.ofSeconds(1));
    }

    // when
    var response = policy.handle(DEATH);

    // then
    assertThat(response).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void shouldForgetOldDeathsWhenTheWindowHasPassed() {
    // given
    for (int death = 1; death <= UncaughtPolicy.REPLACEMENTS_MAX; death++) {
      policy.handle(DEATH);
    }

    // when
    pass(UncaughtPolicy.REPLACEMENTS_WINDOW.plusMillis(1));

    // then
    assertThat(policy.handle(DEATH)).isEqualTo(REPLACE_THREAD);
  }

  @Test
  void shouldReplaceForEverWhenDeathsAreRare() {
    for (int death = 0; death < 100; death++) {
      // given
      pass(UncaughtPolicy.REPLACEMENTS_WINDOW.dividedBy(UncaughtPolicy.REPLACEMENTS_MAX - 1));

      // when
      var response = policy.handle(DEATH);

      // then
      assertThat(response).isEqualTo(REPLACE_THREAD);
    }
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }
}
