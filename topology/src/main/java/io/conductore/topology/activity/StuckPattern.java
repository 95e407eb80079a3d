package io.conductore.topology.activity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * A way of being stuck, judged over the newest calls of a session in order. Pure: the same calls
 * give the same verdict. The thresholds are the seed's (mvp-scope.md, StuckGuard); what separates a
 * loop from progress is from peers' complaints: results are compared, and work of another kind
 * starts the count anew.
 */
public enum StuckPattern {
  /**
   * The same tool with the same arguments and the same result, 5 times or more in 10 turns; or two
   * or three such calls in turn, three times over.
   */
  REPEATED_CALL("same-tool") {
    @Override
    Optional<Verdict> judge(List<Call> calls) {
      return longest(calls, Call::signature, REPEATS_MIN)
          .map(evidence -> verdict(evidence, "%s was called %d times with equal input and result"))
          .or(() -> cycle(calls).map(evidence -> verdict(evidence, CYCLE_SENTENCE)));
    }
  },

  /**
   * The same error 3 times or more, whatever the arguments, with no other work in between. Calls of
   * one turn were made before any of them had failed, so they are one attempt.
   */
  REPEATED_ERROR("same-error") {
    @Override
    Optional<Verdict> judge(List<Call> calls) {
      return longest(calls, Call::error, ERRORS_MIN)
          .filter(evidence -> attempts(evidence) >= ERRORS_MIN)
          .map(evidence -> verdict(evidence, "%s failed with the same error, %d times in a row"));
    }
  };

  static final int REPEATS_MIN = 5;
  static final int ERRORS_MIN = 3;
  static final int TURNS_SEEN = 10;
  static final int CYCLES_MIN = 3;
  static final int CYCLE_CALLS_MAX = 3;
  private static final String CYCLE_SENTENCE =
      "calls that end with %s were repeated in turn, %d of them with equal input and result";

  private final String word;

  StuckPattern(String word) {
    this.word = word;
  }

  /** As verdicts and answers spell it. */
  public String word() {
    return word;
  }

  /**
   * The verdict on these calls, oldest first, or empty for a session that this pattern does not
   * see.
   */
  abstract Optional<Verdict> judge(List<Call> calls);

  /** Every pattern's verdict. */
  static List<Verdict> judgeAll(List<Call> calls) {
    List<Verdict> verdicts = new ArrayList<>();
    for (StuckPattern pattern : values()) {
      pattern.judge(calls).ifPresent(verdicts::add);
    }
    return verdicts;
  }

  Verdict verdict(List<Call> evidence, String sentence) {
    return new Verdict(
        word,
        evidence.getFirst().occurredAtMs(),
        evidence.stream().map(Call::eventId).toList(),
        sentence.formatted(evidence.getLast().tool(), evidence.size()));
  }

  /**
   * The longest run of calls alike in this feature, where it reaches the minimum; 0 is no feature.
   */
  private static Optional<List<Call>> longest(
      List<Call> calls, ToLongFunction<Call> feature, int min) {
    List<Call> best = List.of();
    for (int i = 0; i < calls.size(); i++) {
      long value = feature.applyAsLong(calls.get(i));
      // Nearly every session ends here: no value occurs often enough, and nothing was allocated.
      if (value != 0 && isFirst(calls, feature, i) && count(calls, feature, value) >= min) {
        List<Call> run = sinceOtherWork(calls, feature, value);
        best = run.size() > best.size() ? run : best;
      }
    }
    return best.size() >= min ? Optional.of(best) : Optional.empty();
  }

  /** The newest calls, where they are one cycle of two or three calls over and over. */
  private static Optional<List<Call>> cycle(List<Call> calls) {
    for (int length = 2; length <= CYCLE_CALLS_MAX; length++) {
      int from = calls.size() - length * CYCLES_MIN;
      if (from >= 0 && isCycle(calls.subList(from, calls.size()), length)) {
        return Optional.of(calls.subList(from, calls.size()));
      }
    }
    return Optional.empty();
  }

  private static boolean isCycle(List<Call> calls, int length) {
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      if (call.waited() || call.signature() != calls.get(i % length).signature()) {
        return false;
      }
    }
    return true;
  }

  /**
   * The calls with this value, oldest first, with no progress between them or after them: progress
   * is a success that did not occur before. A repeat of something else is none, so A-B-A-B counts.
   * Waiting excuses another look with the same result, but not another failure. Only the last turns
   * count, but what was done before them is not new either.
   */
  private static List<Call> sinceOtherWork(
      List<Call> calls, ToLongFunction<Call> feature, long value) {
    List<Call> counted = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    int start = windowStart(calls);
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      boolean novel = seen.add(call.signature());
      boolean alike = feature.applyAsLong(call) == value;
      if (novel && !alike && !call.failed()) {
        counted.clear();
      } else if (call.waited()) {
        counted.removeIf(look -> !look.failed());
      } else if (alike && i >= start) {
        counted.add(call);
      }
    }
    return counted;
  }

  private static long attempts(List<Call> calls) {
    long unnumbered = calls.stream().filter(call -> call.turn() == 0).count();
    long turns =
        calls.stream().mapToInt(Call::turn).filter(turn -> turn > 0).distinct().count();
    return unnumbered + turns;
  }

  private static boolean isFirst(List<Call> calls, ToLongFunction<Call> feature, int index) {
    long value = feature.applyAsLong(calls.get(index));
    for (int i = 0; i < index; i++) {
      if (feature.applyAsLong(calls.get(i)) == value) {
        return false;
      }
    }
    return true;
  }

  private static int count(List<Call> calls, ToLongFunction<Call> feature, long value) {
    int count = 0;
    for (Call call : calls) {
      count += feature.applyAsLong(call) == value ? 1 : 0;
    }
    return count;
  }

  /**
   * The place of the first call of the last turns, or of the last calls where turns are not
   * numbered.
   */
  private static int windowStart(List<Call> calls) {
    int newestTurn = calls.stream().mapToInt(Call::turn).max().orElse(0);
    if (newestTurn == 0) {
      return Math.max(0, calls.size() - TURNS_SEEN);
    }
    int start = 0;
    while (calls.get(start).turn() <= newestTurn - TURNS_SEEN) {
      start++;
    }
    return start;
  }
}
