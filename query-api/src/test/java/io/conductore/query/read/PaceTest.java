package io.conductore.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Usd;
import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.Spent;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The pace of spending and where it leads, exact at the edges of hours. */
class PaceTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");

  @Test
  void shouldCountThisHourAndTheOneBeforeWhenItLooksBack() {
    // given
    Budget budget = Budget.EMPTY
        .spend(Instant.parse("2026-11-23T08:59:59.999Z").toEpochMilli(), spent(1_000_000))
        .spend(Instant.parse("2026-11-23T09:00:00Z").toEpochMilli(), spent(900))
        .spend(Instant.parse("2026-11-23T10:29:59Z").toEpochMilli(), spent(600));

    // when
    Pace pace = Pace.of(budget, NOW);

    // then
    assertThat(pace.tokensPerHour()).isEqualByComparingTo("1000");
    assertThat(pace.usdPerHour()).isEqualByComparingTo("0.001");
  }

  @Test
  void shouldForecastWhenTheLimitIsReachedBeforeTheWindowTurns() {
    // given
    Instant turns = Instant.parse("2026-11-24T00:00:00Z");

    // when
    Instant reached =
        Pace.exhausted(BigDecimal.valueOf(500), BigDecimal.valueOf(1_000), NOW, turns);

    // then
    assertThat(reached).isEqualTo("2026-11-23T11:00:00Z");
  }

  @Test
  void shouldForecastNothingWhenTheWindowTurnsFirst() {
    // given
    Instant turns = Instant.parse("2026-11-23T11:00:00Z");

    // when
    Instant reached =
        Pace.exhausted(BigDecimal.valueOf(500), BigDecimal.valueOf(1_000), NOW, turns);
    Instant idle = Pace.exhausted(BigDecimal.TEN, BigDecimal.ZERO, NOW, turns);

    // then
    assertThat(reached).isNull();
    assertThat(idle).isNull();
  }

  private static Spent spent(long tokens) {
    return new Spent(tokens, new Usd(tokens * 1_000_000));
  }
}
