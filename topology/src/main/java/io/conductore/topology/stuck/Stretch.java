package io.conductore.topology.stuck;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps since the last progress. A step is progress when it succeeded and no step before it did
 * the same and got the same. So all steps after the last progress failed or repeated something.
 * Steps are few, and comparing all pairs of them is cheaper than a table.
 */
final class Stretch {
  private static final long[] NONE = {};

  private final List<Step> steps;
  private final int progress;
  private final int lastWait;
  private final long[] signatures;
  private final long[] errors;

  private Stretch(List<Step> steps, int progress) {
    this.steps = steps;
    this.progress = progress;
    if (progress == steps.size() - 1) {
      this.lastWait = -1;
      this.signatures = NONE;
      this.errors = NONE;
      return;
    }
    this.signatures = new long[steps.size()];
    this.errors = new long[steps.size()];
    int wait = -1;
    for (int i = 0; i < signatures.length; i++) {
      Step step = steps.get(i);
      signatures[i] = step.signature();
      errors[i] = step.error();
      wait = step.waited() ? i : wait;
    }
    this.lastWait = wait;
  }

  static Stretch of(List<Step> steps) {
    return new Stretch(steps, progressOf(steps));
  }

  /** The place of the last progress; -1 if the steps hold none. */
  static int progressOf(List<Step> steps) {
    int at = steps.size() - 1;
    while (at >= 0 && (steps.get(at).failed() || isRepeat(steps, at))) {
      at--;
    }
    return at;
  }

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
    return mostFrequent(errors, Math.max(progress + 1, since), min, false);
  }

  /**
   * The most frequent call since this place. Waiting excuses another look with the same result, but
   * not another failure.
   */
  List<Step> sameCall(int since, int min) {
    return mostFrequent(signatures, Math.max(Math.max(progress, 0), since), min, true);
  }

  /** @param everyCall false where of each turn only the first counts */
  private List<Step> mostFrequent(long[] values, int from, int min, boolean everyCall) {
    int bestAt = -1;
    int best = min - 1;
    for (int i = from; i + best < values.length; i++) {
      boolean counts = values[i] != 0 && (errors[i] != 0 || i > lastWait);
      int count = counts ? count(values, i, everyCall) : 0;
      if (count > best) {
        best = count;
        bestAt = i;
      }
    }
    return bestAt < 0 ? List.of() : alike(values, bestAt, everyCall);
  }

  /** Steps from this one on that are like it. */
  private int count(long[] values, int from, boolean everyCall) {
    int count = 0;
    int turn = 0;
    for (int i = from; i < values.length; i++) {
      if (values[i] == values[from] && (everyCall || isAttempt(i, turn))) {
        count++;
        turn = steps.get(i).turn();
      }
    }
    return count;
  }

  private List<Step> alike(long[] values, int from, boolean everyCall) {
    List<Step> alike = new ArrayList<>();
    int turn = 0;
    for (int i = from; i < values.length; i++) {
      if (values[i] == values[from] && (everyCall || isAttempt(i, turn))) {
        turn = steps.get(i).turn();
        alike.add(steps.get(i));
      }
    }
    return alike;
  }

  private boolean isAttempt(int at, int turnBefore) {
    int turn = steps.get(at).turn();
    return turn == 0 || turn != turnBefore;
  }

  /** How often the newest steps are a cycle of this length over and over, since the last wait. */
  int rounds(int length) {
    int last = signatures.length - 1;
    int at = last;
    while (at - length > lastWait && signatures[at] == signatures[at - length]) {
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
    for (int i = at + 1; i < signatures.length; i++) {
      if (signatures[i] == signatures[at]) {
        return true;
      }
    }
    return false;
  }

  private boolean isMixed(int length) {
    int last = signatures.length - 1;
    for (int i = 1; i < length; i++) {
      if (signatures[last - i] != signatures[last]) {
        return true;
      }
    }
    return false;
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
