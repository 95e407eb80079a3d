package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.BudgetExceeded;
import io.conductore.schemas.activity.BudgetWarning;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.RigDriver.Settings;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Window;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warning at 80 and 90 percent and a stop at 100, once each for a window and a limit. */
class BudgetWarningTest {
  private static final Instant START = RigDriver.START;
  private static final BudgetLimits LIMITS = new BudgetLimits(
      Map.of(
          Window.HOUR, new Limit(1_000L, null),
          Window.DAY, new Limit(null, Usd.of(new BigDecimal("0.10")))),
      Map.of());

  @TempDir
  Path folder;

  private RigDriver rig;

  @BeforeEach
  void open() {
    rig = RigDriver.in(folder, Settings.DEFAULT.limits(LIMITS));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldSayEachThresholdOnceWhenSpendingGrows() {
    // given
    int[] calls = {799, 1, 99, 1, 99, 1, 500};

    // when
    for (int tokens : calls) {
      rig.post(tokens(tokens));
    }

    // then
    assertThat(said()).containsExactly("hour tokens 80%", "hour tokens 90%", "hour tokens stop");
  }

  @Test
  void shouldSayEverythingAtOnceWhenOneCallSpendsItAll() {
    // given
    Flat all = tokens(5_000).id("e-1").with("sessionId", "s1").with("repo", "o/r");

    // when
    rig.post(all);

    // then
    assertThat(said()).containsExactly("hour tokens 80%", "hour tokens 90%", "hour tokens stop");
    AgentActivity stop = rig.derived().getLast();
    assertThat(stop.getCausationId()).isEqualTo("e-1");
    assertThat(stop.getDepth()).isEqualTo(1);
    assertThat(stop.getSource()).isEqualTo("admission");
    BudgetExceeded exceeded = (BudgetExceeded) stop.getPayload();
    assertThat(exceeded.getLimit()).isEqualTo("1000");
    assertThat(exceeded.getSpent()).isEqualTo("5000");
    assertThat(Instant.ofEpochMilli(exceeded.getResetsAtMs())).isEqualTo("2026-11-23T11:00:00Z");
  }

  @Test
  void shouldWatchMoneyTooWhenThatIsLimited() {
    // given
    Flat eightCents = Flat.of("TOKEN_USAGE", "dev-e").with("costUsd", "0.08");

    // when
    rig.post(eightCents);

    // then
    assertThat(said()).containsExactly("day usd 80%");
    BudgetWarning warning = (BudgetWarning) rig.derived().getFirst().getPayload();
    assertThat(warning.getLimit()).isEqualTo("0.1000");
    assertThat(warning.getSpent()).isEqualTo("0.0800");
  }

  @Test
  void shouldSayItAgainWhenTheNextWindowFillsToo() {
    // given
    rig.post(tokens(850));

    // when
    rig.advance(Duration.ofHours(1));
    rig.post(tokens(850));

    // then
    assertThat(said()).containsExactly("hour tokens 80%", "hour tokens 80%");
  }

  @Test
  void shouldNotSayItAgainWhenTheApplicationRestarts() {
    // given
    rig.post(tokens(850).id("e-1"));

    // when
    rig.restart();
    rig.post(tokens(850).id("e-1"), tokens(1));

    // then
    assertThat(said()).containsExactly("hour tokens 80%");
  }

  @Test
  void shouldWarnNobodyWhenThePastIsFilledIn() {
    // given
    Instant lastMonth = START.minus(Duration.ofDays(30));

    // when
    rig.post(tokens(9_000).at(lastMonth), tokens(9_000).at(lastMonth.plusSeconds(1)));
    rig.post(tokens(9_000).at(START.minus(Duration.ofHours(1))));

    // then
    assertThat(said()).isEmpty();
    assertThat(rig.agent("dev-e").budget().hours().byBucket()).hasSize(2);
  }

  @Test
  void shouldStopAtOnceWhenTheLimitIsSetBelowWhatWasSpent() {
    // given
    rig.post(tokens(500));

    // when
    rig.post(limit(500).id("lowered"));

    // then
    assertThat(said()).containsExactly("hour tokens 80%", "hour tokens 90%", "hour tokens stop");
    assertThat(rig.derived()).allMatch(event -> "lowered".equals(event.getCausationId()));
  }

  @Test
  void shouldSayItForTheNewLimitWhenSomebodyRaisesIt() {
    // given
    rig.post(tokens(1_000));

    // when
    rig.post(limit(2_000));
    rig.post(tokens(600));

    // then
    assertThat(said())
        .containsExactly(
            "hour tokens 80%",
            "hour tokens 90%", "hour tokens stop", "BUDGET_RESET", "hour tokens 80%");
  }

  @Test
  void shouldStopWithTheFirstTokenWhenTheLimitIsZero() {
    // given
    rig.post(limit(0));

    // when
    rig.post(tokens(1));

    // then
    assertThat(said()).containsExactly("hour tokens 80%", "hour tokens 90%", "hour tokens stop");
  }

  @Test
  void shouldSayNothingWhenThereIsNoLimit() {
    try (RigDriver free = RigDriver.in(folder.resolve("free"))) {
      // given
      Flat dear = Flat.usage("dev-e", 90_000_000, 90_000_000);

      // when
      free.post(dear);

      // then
      assertThat(free.derived()).isEmpty();
    }
  }

  @Test
  void shouldBeExactWhenTheLimitIsNotRound() {
    // given
    Map<Long, Long> reachedByLimit =
        Map.of(35L, 28L, 1L, 1L, 3L, 3L, 10L, 8L, 99L, 80L, 101L, 81L, 1_000L, 800L);

    reachedByLimit.forEach((limit, reached) -> {
      String agent = "limit-" + limit;
      rig.post(limit(limit).with("agentId", agent));

      // when
      rig.post(tokens(reached - 1).with("agentId", agent));
      long before =
          rig.derived().stream().filter(it -> it.getStreamId().equals(agent)).count();
      rig.post(tokens(1).with("agentId", agent));

      // then
      assertThat(before).as(agent).isZero();
      assertThat(rig.derived().getLast().getStreamId()).as(agent).isEqualTo(agent);
    });
  }

  private static Flat tokens(long count) {
    return Flat.usage("dev-e", count, 0).with("model", "free").with("costUsd", 0);
  }

  private static Flat limit(long tokens) {
    return Flat.of("BUDGET_LIMIT_CHANGED", "dev-e")
        .with("window", "hour")
        .with("limitTokens", tokens);
  }

  private List<String> said() {
    return rig.derived().stream()
        .map(event -> switch (event.getPayload()) {
          case BudgetWarning it ->
            it.getWindow() + " " + it.getUnit() + " " + it.getPercent() + "%";
          case BudgetExceeded it -> it.getWindow() + " " + it.getUnit() + " stop";
          default -> event.getType();
        })
        .toList();
  }
}
