package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.state.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Costs by the hour, exact at its edges, and no more of them than five weeks hold. */
class CostHoursTest {
  private static final long HOUR_10 =
      Instant.parse("2026-11-23T10:00:00Z").getEpochSecond() / 3_600;

  @TempDir
  Path folder;

  @Test
  void shouldCountACallInItsHourWhenItIsAtTheEdge() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // when
      rig.post(Flat.usage("dev-e", 1, 0).at(Instant.parse("2026-11-23T09:59:59.999Z")));
      rig.post(Flat.usage("dev-e", 10, 0).at(Instant.parse("2026-11-23T10:00:00Z")));
      rig.post(Flat.usage("dev-e", 100, 0)
          .at(Instant.parse("2026-11-23T10:29:00Z"))
          .with("tenant", "acme"));

      // then
      Map<HourKey, Usage> rows = rig.all(StoreNames.COST_HOURS);
      assertThat(rows.get(new HourKey(HOUR_10 - 1, "dev-e", "")).inputTokens()).isEqualTo(1);
      assertThat(rows.get(new HourKey(HOUR_10, "dev-e", "")).inputTokens()).isEqualTo(10);
      assertThat(rows.get(new HourKey(HOUR_10, "dev-e", "acme")).inputTokens()).isEqualTo(100);
    }
  }

  @Test
  void shouldForgetTheHourOfFiveWeeksAgoWhenTheSameHourComesAgain() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      rig.post(Flat.usage("dev-e", 1, 0).at(rig.now()));

      // when
      rig.advance(CostHours.KEPT);
      rig.post(Flat.usage("dev-e", 10, 0).at(rig.now()));
      rig.post(Flat.usage("dev-e", 100, 0).at(rig.now().minus(CostHours.KEPT)));

      // then
      Map<HourKey, Usage> rows = rig.all(StoreNames.COST_HOURS);
      long now = HOUR_10 + Duration.ofDays(35).toHours();
      assertThat(rows).containsOnlyKeys(new HourKey(now, "dev-e", ""));
      assertThat(rows.values()).extracting(Usage::inputTokens).containsExactly(10L);
    }
  }
}
