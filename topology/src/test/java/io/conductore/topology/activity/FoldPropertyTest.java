package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.topology.activity.FoldRun.Bug;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The folds give what the model says, in any order and however often an event is delivered (R19,
 * R20), or R0 fails.
 */
class FoldPropertyTest {
  private static final int SEEDS = 1_000;
  private static final int SEEDS_PER_BUG = 100;

  @Test
  void shouldEqualTheModelWhenEventsComeInAnyOrderAndSeveralTimes() {
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      EventMix mix = new EventMix(seed);
      List<AgentActivity> events = mix.events(1 + mix.below(80));

      // when
      Facts facts = FoldRun.of(mix.delivered(events)).facts();

      // then
      assertThat(facts).as("seed=" + seed).isEqualTo(ReferenceModel.of(events));
    }
  }

  @Test
  void shouldEndInTheSameStateWhenSortedOrShuffled() {
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      EventMix mix = new EventMix(seed);
      List<AgentActivity> events = mix.events(40);
      List<AgentActivity> sorted = events.stream()
          .sorted(Comparator.comparingLong(AgentActivity::getOccurredAtMs))
          .toList();

      // when
      List<Object> shuffled = FoldRun.of(mix.shuffled(events)).states();

      // then
      assertThat(shuffled).as("seed=" + seed).isEqualTo(FoldRun.of(sorted).states());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void shouldDifferFromTheModelWhenTheFoldHasABug(Bug bug) {
    // given
    int caught = 0;

    // when
    for (long seed = 0; seed < SEEDS_PER_BUG; seed++) {
      EventMix mix = new EventMix(seed);
      List<AgentActivity> events = mix.events(60);
      Facts facts = FoldRun.of(mix.shuffled(events), bug).facts();
      caught += facts.equals(ReferenceModel.of(events)) ? 0 : 1;
    }

    // then
    int floor = bug == Bug.TAKES_THE_LAST ? SEEDS_PER_BUG * 3 / 4 : SEEDS_PER_BUG;
    assertThat(caught).as("seeds on which %s was caught", bug).isGreaterThanOrEqualTo(floor);
  }
}
