package io.conductore.bench.run;

import io.conductore.bench.stats.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures several contestants in alternation, A B then B A then A B, so that a machine that grows
 * slower, or warmer, does not favour whoever comes first.
 */
public final class Rounds {
  private final int rounds;
  private final Settle settle;
  private final Consumer<String> progress;
  private final Map<String, List<Double>> stolen = new LinkedHashMap<>();

  /** One thing that is measured once per round. */
  public interface Contestant {
    String name();

    /** The figure of one round. */
    double measure(int round) throws Exception;
  }

  /** Brings the machine to rest before each measurement. */
  @FunctionalInterface
  public interface Settle {
    void settle() throws Exception;
  }

  /** Each figure is told as soon as it is there. */
  public Rounds(int rounds, Settle settle, Consumer<String> progress) {
    this.rounds = rounds;
    this.settle = settle;
    this.progress = progress;
  }

  /** Figures by name, each with one value per round. */
  public Map<String, Series> run(List<? extends Contestant> contestants) throws Exception {
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    contestants.forEach(contestant -> figures.put(contestant.name(), new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (Contestant contestant : order(contestants, round)) {
        settle.settle();
        StolenTime stealing = StolenTime.begin();
        double figure = contestant.measure(round);
        add(stolen, contestant, stealing.percent());
        progress.accept("  %s: %,.0f/s".formatted(contestant.name(), figure));
        add(figures, contestant, figure);
      }
    }
    return series(figures);
  }

  /** Percent of the machine's time that went to its neighbours, by name and round. */
  public Map<String, Series> stolenPercent() {
    return series(stolen);
  }

  private static void add(Map<String, List<Double>> values, Contestant contestant, double value) {
    values.computeIfAbsent(contestant.name(), name -> new ArrayList<>()).add(value);
  }

  private static Map<String, Series> series(Map<String, List<Double>> values) {
    Map<String, Series> series = new LinkedHashMap<>();
    values.forEach((name, rounds) -> series.put(name, new Series(rounds)));
    return series;
  }

  private static <T> List<T> order(List<T> contestants, int round) {
    return round % 2 == 0 ? contestants : contestants.reversed();
  }
}
