package io.conductore.topology.stuck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The steps since the last progress. A step is progress when it succeeded and no step before it did
 * the same and got the same. So all steps after the last progress failed or repeated something.
 * Steps are few, and comparing all pairs of them is cheaper than a table.
 */
final class Stretch {
  private final List<Step> steps;
  private final int progress;

  private Stretch(List<Step> steps, int progress) {
    this.steps = steps;
    this.progress = progress;
  }

  static Stretch of(List<Step> steps) {
    int at = steps.size() - 1;
    while (at >= 0 && (steps.get(at).failed() || isRepeat(steps, at))) {
      at--;
    }
    return new Stretch(steps, at);
  }

  /** The place of the last progress; -1 if the steps hold none. */
  int progress() {
    return progress;
  }

  boolean isRepeating() {
    return progress < steps.size() - 1;
  }

  /**
   * The place of the first step of the last turns, or of the last steps where turns are not
   * numbered.
   */
  int windowStart(int turns) {
    int newestTurn = 0;
    for (Step step : steps) {
      newestTurn = Math.max(newestTurn, step.turn());
    }
    if (newestTurn == 0) {
      return Math.max(0, steps.size() - turns);
    }
    int start = 0;
    while (steps.get(start).turn() <= newestTurn - turns) {
      start++;
    }
    return start;
  }

  /**
   * The most frequent error since this place. Steps of one turn were taken before any of them had
   * failed, so they are one attempt, and only the first of them is counted.
   */
  List<Step> sameError(int since, int min) {
    return mostFrequent(Math.max(progress + 1, since), min, Step::error, false);
  }

  /**
   * The most frequent call since this place. Waiting excuses another look with the same result, but
   * not another failure.
   */
  List<Step> sameCall(int since, int min) {
    return mostFrequent(Math.max(Math.max(progress, 0), since), min, Step::signature, true);
  }

  private List<Step> mostFrequent(
      int from, int min, ToLongFunction<Step> feature, boolean everyCall) {
    int bestAt = -1;
    int best = min - 1;
    int lastWait = lastWait();
    for (int i = from; i + best < steps.size(); i++) {
      Step step = steps.get(i);
      boolean counts = feature.applyAsLong(step) != 0 && (step.failed() || i > lastWait);
      int count = counts ? count(i, feature, everyCall, null) : 0;
      if (count > best) {
        best = count;
        bestAt = i;
      }
    }
    List<Step> shown = new ArrayList<>();
    if (bestAt >= 0) {
      count(bestAt, feature, everyCall, shown);
    }
    return shown;
  }

  /** Steps from this one on that are like it; also put into the list where there is one. */
  private int count(
      int from, ToLongFunction<Step> feature, boolean everyCall, @Nullable List<Step> into) {
    long value = feature.applyAsLong(steps.get(from));
    int count = 0;
    int turn = 0;
    for (int i = from; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean again = everyCall || step.turn() == 0 || step.turn() != turn;
      if (feature.applyAsLong(step) == value && again) {
        count++;
        turn = step.turn();
        if (into != null) {
          into.add(step);
        }
      }
    }
    return count;
  }

  /** How often the newest steps are a cycle of this length over and over, since the last wait. */
  int rounds(int length) {
    int last = steps.size() - 1;
    int first = lastWait() + 1;
    int at = last;
    while (at - length >= first
        && steps.get(at).signature() == steps.get(at - length).signature()) {
      at--;
    }
    int rounds = (last - at) / length + 1;
    return rounds > 1 && isMixed(length) ? rounds : 0;
  }

  /** The newest steps without a word, where all of them are repeats or repeated themselves. */
  List<Step> silent(int min) {
    int first = steps.size();
    while (first > Math.max(progress, 0) && isSilent(steps.get(first - 1))) {
      first--;
    }
    boolean newOnce = first == progress && steps.size() > first && !recurs(progress);
    int from = newOnce ? first + 1 : first;
    return steps.size() - from >= min ? steps.subList(from, steps.size()) : List.of();
  }

  /** The newest steps that got nothing done and left the number of files alone. */
  List<Step> idle(int min) {
    List<Step> idle = new ArrayList<>();
    int files = Step.FILES_UNKNOWN;
    for (int i = steps.size() - 1; i > progress; i--) {
      Step step = steps.get(i);
      boolean counted = step.files() != Step.FILES_UNKNOWN;
      files = files == Step.FILES_UNKNOWN ? step.files() : files;
      if (step.waited() || (counted && step.files() != files)) {
        break;
      }
      if (counted) {
        idle.addFirst(step);
      }
    }
    return idle.size() >= min ? idle : List.of();
  }

  private static boolean isSilent(Step step) {
    return step.silent() && !step.waited();
  }

  private boolean recurs(int at) {
    for (int i = at + 1; i < steps.size(); i++) {
      if (steps.get(i).signature() == steps.get(at).signature()) {
        return true;
      }
    }
    return false;
  }

  private boolean isMixed(int length) {
    int last = steps.size() - 1;
    for (int i = 1; i < length; i++) {
      if (steps.get(last - i).signature() != steps.get(last).signature()) {
        return true;
      }
    }
    return false;
  }

  private int lastWait() {
    int at = steps.size() - 1;
    while (at >= 0 && !steps.get(at).waited()) {
      at--;
    }
    return at;
  }

  private static boolean isRepeat(List<Step> steps, int at) {
    long signature = steps.get(at).signature();
    for (int i = 0; i < at; i++) {
      if (steps.get(i).signature() == signature) {
        return true;
      }
    }
    return false;
  }
}
