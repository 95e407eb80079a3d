package io.conductore.topology.lifecycle;

import java.util.ArrayList;
import java.util.List;

/**
 * What stays when an attempt ends.
 *
 * @param attempt the number of the newest attempt, 0 before the first
 * @param prNumbers pull requests, the present one last
 * @param causes why a human should look, as long as it is so
 */
public record History(int attempt, List<Integer> prNumbers, List<String> causes) {
  static final int PR_NUMBERS_KEPT = 16;
  static final History NONE = new History(0, List.of(), List.of());

  public History {
    prNumbers = List.copyOf(prNumbers);
    causes = List.copyOf(causes);
  }

  History attempt(int number) {
    return new History(number, prNumbers, causes);
  }

  History opened(int prNumber) {
    List<Integer> numbers = new ArrayList<>(prNumbers);
    numbers.removeIf(number -> number == prNumber);
    numbers.add(prNumber);
    int from = Math.max(0, numbers.size() - PR_NUMBERS_KEPT);
    return new History(attempt, numbers.subList(from, numbers.size()), causes);
  }

  History raised(String cause) {
    if (causes.contains(cause)) {
      return this;
    }
    List<String> more = new ArrayList<>(causes);
    more.add(cause);
    return new History(attempt, prNumbers, more);
  }

  History cleared(String cause) {
    List<String> others = causes.stream().filter(other -> !other.equals(cause)).toList();
    return new History(attempt, prNumbers, others);
  }

  History settled() {
    return new History(attempt, prNumbers, List.of());
  }
}
