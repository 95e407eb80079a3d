package io.conductore.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static final int STALLED_TICKET = 500;
  private static final int STALL_MS = 200;
  private static final int SERVICE_MS = 1;

  private final StoppableClock clock = new StoppableClock();

  @Test
  void shouldChargeAStallToAllRequestsDueInItWhenTheLoopIsOpen() throws Exception {
    // given
    OpenLoop loop = new OpenLoop(clock, 500, Duration.ofSeconds(4));

    // when
    LoadOutcome outcome = loop.run(List.of(this::askStallingServer));

    // then
    assertThat(outcome.latency().n()).isEqualTo(2_000);
    assertThat(millis(outcome.latency().maxNanos())).isEqualTo(STALL_MS);
    // One request in 2,000 stalled; with omission the 99th percentile would be the service time.
    assertThat(millis(outcome.latency().p99Nanos())).isBetween(100L, (long) STALL_MS);
    assertThat(millis(outcome.latency().p50Nanos())).isEqualTo(SERVICE_MS);
  }

  @Test
  void shouldSeeAStallOnceWhenTheLoopIsClosed() throws Exception {
    // given
    ClosedLoop loop = new ClosedLoop(clock, Duration.ofSeconds(4));

    // when
    LoadOutcome outcome = loop.run(List.of(this::askStallingServer));

    // then
    assertThat(millis(outcome.latency().maxNanos())).isEqualTo(STALL_MS);
    assertThat(millis(outcome.latency().p99Nanos())).isEqualTo(SERVICE_MS);
  }

  @Test
  void shouldKeepTheRateWhenTheServerIsFasterThanIt() throws Exception {
    // given
    OpenLoop loop = new OpenLoop(clock, 500, Duration.ofSeconds(2));

    // when
    LoadOutcome outcome = loop.run(List.of(ticket -> 200));

    // then
    assertThat(outcome.perSecond()).isBetween(499.0, 502.0);
    assertThat(outcome.latency().maxNanos()).isZero();
  }

  @Test
  void shouldCountFailuresWhenAnswersAreNotOk() throws Exception {
    // given
    OpenLoop loop = new OpenLoop(clock, 100, Duration.ofSeconds(1));

    // when
    LoadOutcome outcome = loop.run(List.of(ticket -> ticket % 4 == 0 ? 503 : 204));

    // then
    assertThat(outcome.failures()).isEqualTo(25);
  }

  private int askStallingServer(long ticket) {
    clock.advanceMillis(ticket == STALLED_TICKET ? STALL_MS : SERVICE_MS);
    return 200;
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }
}
