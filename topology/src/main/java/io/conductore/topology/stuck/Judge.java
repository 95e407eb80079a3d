package io.conductore.topology.stuck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a trace shows. Pure: the same trace, rules and allowance give the same verdicts. What
 * separates a loop from progress is everywhere the same: progress is a success that the trace does
 * not hold already, and only what came after the last one can be a loop.
 */
public final class Judge {
  /** Sooner than a context can fill up again. */
  private static final Duration SAME_COMPACTION_MAX = Duration.ofSeconds(3);

  private final Trace trace;
  private final StuckRules rules;
  private final Stretch stretch;
  private final List<Verdict> verdicts = new ArrayList<>(0);

  /**
   * Input tokens of a session and what it was given.
   *
   * @param allowed 0 for no limit
   */
  public record Burn(long used, long allowed) {
    public static final Burn NONE = new Burn(0, 0);
  }

  private Judge(Trace trace, StuckRules rules) {
    this.trace = trace;
    this.rules = rules;
    this.stretch = Stretch.of(trace.steps());
  }

  /** Every pattern that shows, the gravest first. */
  public static List<Verdict> of(Trace trace, StuckRules rules, Burn burn) {
    Judge judge = new Judge(trace, rules);
    // Nearly every step of a healthy session ends here: it was new, and nothing was allocated.
    if (judge.stretch.isRepeating()) {
      judge.calls();
    }
    if (trace.messages().size() > 1) {
      judge.messages();
    }
    if (trace.compactions().size() > 1) {
      judge.compactions();
    }
    judge.burn(burn);
    if (judge.verdicts.size() > 1) {
      judge.verdicts.sort((one, other) -> one.level() == other.level()
          ? one.pattern().compareTo(other.pattern())
          : other.level().compareTo(one.level()));
    }
    return judge.verdicts;
  }

  /** Whether the trace has progress that comes after this place. */
  static boolean progressAfter(Trace trace, Alarm.Place place) {
    int at = Stretch.progressOf(trace.steps());
    return at >= 0 && place.isBefore(trace.steps().get(at));
  }

  private void calls() {
    int since = stretch.windowStart(rules.turns());
    Bar errors = rules.bar(Pattern.SAME_ERROR);
    add(Pattern.SAME_ERROR, stretch.sameError(since, errors.least()), 0);
    Bar calls = rules.bar(Pattern.SAME_TOOL);
    add(Pattern.SAME_TOOL, stretch.sameCall(since, calls.least()), 0);
    cycle();
    add(Pattern.NO_OUTPUT, stretch.silent(rules.bar(Pattern.NO_OUTPUT).least()), 0);
    List<Step> idle = stretch.idle(rules.bar(Pattern.NO_CHANGE).least());
    add(Pattern.NO_CHANGE, idle, idle.isEmpty() ? 0 : idle.getLast().files());
  }

  private void add(Pattern pattern, List<Step> shown, long size) {
    Level level = rules.bar(pattern).reached(shown.size());
    if (level != null) {
      verdicts.add(Verdict.of(pattern, level, shown, shown.size(), size));
    }
  }

  private void cycle() {
    Bar bar = rules.bar(Pattern.CYCLE);
    for (int length = 2; length <= rules.cycleCallsMax(); length++) {
      int rounds = stretch.rounds(length);
      Level level = bar.reached(rounds);
      if (level != null) {
        List<Step> steps = trace.steps();
        List<Step> shown = steps.subList(steps.size() - rounds * length, steps.size());
        verdicts.add(Verdict.of(Pattern.CYCLE, level, shown, rounds, length));
        return;
      }
    }
  }

  /** The newest messages that are the same, with no step between them or in their turns. */
  private void messages() {
    List<Said> messages = trace.messages();
    int first = messages.size() - 1;
    if (acted(messages.get(first), Long.MAX_VALUE)) {
      return;
    }
    while (first > 0 && sameIdleMessage(messages.get(first - 1), messages.get(first))) {
      first--;
    }
    said(Pattern.SAME_MESSAGE, messages.subList(first, messages.size()));
  }

  private boolean sameIdleMessage(Said one, Said next) {
    return one.digest() == next.digest() && !acted(one, next.atMs());
  }

  private boolean acted(Said message, long untilMs) {
    for (Step step : trace.steps()) {
      boolean between = step.atMs() >= message.atMs() && step.atMs() <= untilMs;
      boolean ofTurn = step.turn() != 0 && step.turn() == message.turn();
      if (between || ofTurn) {
        return true;
      }
    }
    return false;
  }

  /** Of a talk without any call nobody can say whether it gets on. */
  private void compactions() {
    if (trace.steps().isEmpty() && !trace.messages().isEmpty()) {
      return;
    }
    int at = stretch.progress();
    long sinceMs = at < 0 ? Long.MIN_VALUE : trace.steps().get(at).atMs();
    List<Said> idle = new ArrayList<>();
    for (Said compaction : trace.compactions()) {
      // Transcript and telemetry tell of one compaction under two ids.
      boolean sameOne = !idle.isEmpty()
          && compaction.atMs() - idle.getLast().atMs() < SAME_COMPACTION_MAX.toMillis();
      if (compaction.atMs() > sinceMs && !sameOne) {
        idle.add(compaction);
      }
    }
    said(Pattern.COMPACTION, idle);
  }

  private void said(Pattern pattern, List<Said> shown) {
    Level level = rules.bar(pattern).reached(shown.size());
    if (level != null) {
      verdicts.add(Verdict.ofSaid(pattern, level, shown));
    }
  }

  private void burn(Burn burn) {
    if (rules.burnPercent() == 0 || burn.allowed() <= 0 || burn.used() <= 0) {
      return;
    }
    double percent = 100.0 * burn.used() / burn.allowed();
    if (percent > rules.burnPercent()) {
      long atMs = trace.context().atMs() == Long.MIN_VALUE ? 0 : trace.context().atMs();
      verdicts.add(new Verdict(
          Pattern.CONTEXT_BURN,
          Level.NUDGE,
          atMs,
          List.of(),
          "",
          (int) Math.min(percent, Integer.MAX_VALUE),
          burn.allowed()));
    }
  }
}
