package io.conductore.bench.stats;

import java.util.ArrayList;
import java.util.List;

/** The same figure measured once per round. */
public record Series(List<Double> rounds) {

  public Series {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("a series has at least one round");
    }
  }

  public double median() {
    List<Double> ascending = rounds.stream().sorted().toList();
    int middle = ascending.size() / 2;
    return ascending.size() % 2 == 1
        ? ascending.get(middle)
        : (ascending.get(middle - 1) + ascending.get(middle)) / 2;
  }

  public double min() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double max() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /**
   * Round by round, this over the other, because two measurements of one round share the machine's
   * mood and two of different rounds do not.
   */
  public Series over(Series other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(rounds.size(), other.rounds.size()); i++) {
      ratios.add(rounds.get(i) / other.rounds.get(i));
    }
    return new Series(ratios);
  }
}
