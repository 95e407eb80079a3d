package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Usd;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.RigDriver.Settings;
import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was spent in which window, and which limit holds. */
class BudgetTest {
  private static final Instant START = RigDriver.START;
  private static final Limit DAY = new Limit(1_000L, null);
  private static final BudgetLimits LIMITS = new BudgetLimits(Map.of(Window.DAY, DAY), Map.of());

  @TempDir
  Path folder;

  @Test
  void shouldCountInputOutputAndCacheWritesWhenAModelIsCalled() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      Flat call = Flat.usage("dev-e", 1_200, 85)
          .with("cacheCreationTokens", 300)
          .with("cacheReadTokens", 9_000);

      // when
      rig.post(call);

      // then
      Spent spent = rig.agent("dev-e").budget().spentAt(Window.HOUR, START.toEpochMilli());
      assertThat(spent.tokens()).isEqualTo(1_585);
      assertThat(spent.usd().toDecimal()).isEqualTo(new BigDecimal("0.0087"));
      assertThat(rig.agent("dev-e").budget().spentAt(Window.DAY, START.toEpochMilli()))
          .isEqualTo(spent);
    }
  }

  @Test
  void shouldBeginAnewWhenTheHourTurns() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      rig.post(Flat.usage("dev-e", 100, 0));

      // when
      rig.advance(Duration.ofMinutes(30));
      rig.post(Flat.usage("dev-e", 7, 0));

      // then
      Budget budget = rig.agent("dev-e").budget();
      assertThat(budget.spentAt(Window.HOUR, START.toEpochMilli()).tokens()).isEqualTo(100);
      assertThat(budget.spentAt(Window.HOUR, rig.now().toEpochMilli()).tokens()).isEqualTo(7);
      assertThat(budget.spentAt(Window.DAY, rig.now().toEpochMilli()).tokens()).isEqualTo(107);
      assertThat(Window.HOUR.endOf(Window.HOUR.bucketAt(START.toEpochMilli())))
          .isEqualTo("2026-11-23T11:00:00Z");
    }
  }

  @Test
  void shouldBookALateCallInItsOwnHourWhenItArrivesInTheNext() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      rig.advance(Duration.ofMinutes(31));
      rig.post(Flat.usage("dev-e", 1, 0));

      // when
      rig.post(Flat.usage("dev-e", 10, 0).at(START.plusSeconds(29 * 60)));

      // then
      Budget budget = rig.agent("dev-e").budget();
      assertThat(budget.spentAt(Window.HOUR, START.toEpochMilli()).tokens()).isEqualTo(10);
      assertThat(budget.spentAt(Window.HOUR, rig.now().toEpochMilli()).tokens()).isEqualTo(1);
    }
  }

  @Test
  void shouldTakeTheFilesLimitWhenNobodyChangedIt() {
    // given
    BudgetLimits limits = new BudgetLimits(
        Map.of(Window.DAY, new Limit(1_000L, new Usd(5))),
        Map.of("dev-e", Map.of(Window.DAY, new Limit(200L, null))));

    // when
    Limit own = limits.of("dev-e", Window.DAY);

    // then
    assertThat(own).isEqualTo(new Limit(200L, new Usd(5)));
    assertThat(limits.of("dev-f", Window.DAY)).isEqualTo(new Limit(1_000L, new Usd(5)));
    assertThat(limits.of("dev-e", Window.HOUR)).isEqualTo(Limit.NONE);
  }

  @Test
  void shouldTakeTheEventsLimitWhenSomebodyChangedIt() {
    try (RigDriver rig = RigDriver.in(folder, Settings.DEFAULT.limits(LIMITS))) {
      // given
      Flat change = change(5_000).with("by", "marie");

      // when
      rig.post(change);

      // then
      assertThat(limit(rig, START)).isEqualTo(new Limit(5_000L, null));
      assertThat(rig.agent("dev-e").budget().changes().get(Window.DAY).change().by())
          .isEqualTo("marie");
    }
  }

  @Test
  void shouldLeaveAUnitAsItWasConfiguredWhenTheChangeDoesNotNameIt() {
    try (RigDriver rig = RigDriver.in(folder, Settings.DEFAULT.limits(LIMITS))) {
      // given
      Flat usdOnly =
          Flat.of("BUDGET_LIMIT_CHANGED", "dev-e").with("window", "day").with("limitUsd", 2.5);

      // when
      rig.post(usdOnly);

      // then
      assertThat(limit(rig, START)).isEqualTo(new Limit(1_000L, Usd.of(new BigDecimal("2.5"))));
    }
  }

  @Test
  void shouldReturnToTheFilesLimitWhenTheChangeEndsByItself() {
    try (RigDriver rig = RigDriver.in(folder, Settings.DEFAULT.limits(LIMITS))) {
      // given
      Instant until = START.plus(Duration.ofHours(2));

      // when
      rig.post(change(5_000).with("until", until.toString()));

      // then
      assertThat(limit(rig, until.minusMillis(1)).tokens()).isEqualTo(5_000);
      assertThat(limit(rig, until)).isEqualTo(DAY);
    }
  }

  @Test
  void shouldKeepTheLaterChangeWhenAnEarlierOneArrivesAfterIt() {
    try (RigDriver rig = RigDriver.in(folder, Settings.DEFAULT.limits(LIMITS))) {
      // given
      rig.post(change(300).at(START));

      // when
      rig.post(change(5_000).at(START.minusSeconds(1)));

      // then
      assertThat(limit(rig, START).tokens()).isEqualTo(300);
    }
  }

  @Test
  void shouldKeepTheNewestWindowsWhenTimeGoesOn() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      for (int hour = 0; hour < 6; hour++) {
        rig.post(Flat.usage("dev-e", 1 + hour, 0));
        rig.advance(Duration.ofHours(1));
      }

      // when
      rig.post(Flat.usage("dev-e", 1_000, 0).at(START));

      // then
      assertThat(rig.agent("dev-e").budget().hours().byBucket().values())
          .extracting(Spent::tokens)
          .containsExactly(3L, 4L, 5L, 6L);
      assertThat(rig.agent("dev-e").budget().days().byBucket().values())
          .extracting(Spent::tokens)
          .containsExactly(1_021L);
    }
  }

  private static Flat change(long limitTokens) {
    return Flat.of("BUDGET_LIMIT_CHANGED", "dev-e")
        .with("window", "day")
        .with("limitTokens", limitTokens);
  }

  private static Limit limit(RigDriver rig, Instant at) {
    return rig.agent("dev-e").budget().limitAt(Window.DAY, at.toEpochMilli(), DAY);
  }
}
