package io.conductore.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.bench.run.Rounds.Contestant;
import io.conductore.bench.stats.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private final List<String> order = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void shouldAlternateWhoComesFirstWhenThereAreSeveralRounds() throws Exception {
    // given
    Rounds rounds = new Rounds(3, () -> order.add("settle"), told::add);

    // when
    Map<String, Series> figures = rounds.run(List.of(contestant("a"), contestant("b")));

    // then
    assertThat(order.stream().filter(step -> !step.equals("settle")))
        .containsExactly("a", "b", "b", "a", "a", "b");
    assertThat(order.stream().filter(step -> step.equals("settle"))).hasSize(6);
    assertThat(told).hasSize(6).first().isEqualTo("  a: 0/s");
    assertThat(figures.get("a")).isEqualTo(new Series(List.of(0.0, 1.0, 2.0)));
    assertThat(rounds.stolenPercent().get("b").rounds()).hasSize(3);
  }

  private Contestant contestant(String name) {
    return new Contestant() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public double measure(int round) {
        order.add(name);
        return round;
      }
    };
  }
}
