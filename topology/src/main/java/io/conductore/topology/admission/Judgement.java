package io.conductore.topology.admission;

import io.conductore.topology.budget.BudgetLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of an account after a change: thresholds that it has reached, and stops that
 * are over. Pure. A limit is used up when what is spent reaches it, or when beyond the last warning
 * a call did not fit any more: what is left is then too small for the calls that are made.
 */
record Judgement(List<Mark> marks, List<Crossed> crossed, List<Ended> ended) {

  /** A level is at this threshold for the first time. */
  record Crossed(Level level, int percent) {}

  /** A stop is over; what the limit is now, null if there is none any more. */
  record Ended(Mark stop, @Nullable Level now) {}

  /**
   * @param refused the level that a call did not fit under, null if none was refused
   * @param agentId whose record this is
   */
  static Judgement of(
      Account account, BudgetLimits limits, long nowMs, @Nullable Level refused, String agentId) {
    List<Level> levels = account.levels(limits, nowMs);
    List<Mark> marks = new ArrayList<>(0);
    List<Crossed> crossed = new ArrayList<>(0);
    List<Ended> ended = new ArrayList<>(0);
    for (Level level : levels) {
      Mark before = mark(account, level);
      Mark known = before != null && before.isCurrent(level) ? before : null;
      int said = known == null ? 0 : known.percent();
      int now = Math.max(said, percent(level, refused));
      if (known == null && before != null && before.isStop() && now < Level.STOP_PERCENT) {
        ended.add(new Ended(before, level));
      }
      if (now > said) {
        thresholds(level, said, now, crossed);
        marks.add(
            new Mark(level.window(), level.unit(), level.bucket(), level.limit(), now, agentId));
      } else if (known != null) {
        marks.add(known);
      }
    }
    account.marks().stream()
        .filter(mark -> mark.isStop() && levels.stream().noneMatch(mark::isOf))
        .forEach(mark -> ended.add(new Ended(mark, null)));
    return new Judgement(marks, crossed, ended);
  }

  private static int percent(Level level, @Nullable Level refused) {
    boolean usedUp = level.equals(refused) && level.isNearlySpent();
    return usedUp ? Level.STOP_PERCENT : level.percent();
  }

  private static @Nullable Mark mark(Account account, Level level) {
    return account.marks().stream().filter(mark -> mark.isOf(level)).findFirst().orElse(null);
  }

  private static void thresholds(Level level, int above, int upTo, List<Crossed> to) {
    for (int percent : Level.WARNING_PERCENTS) {
      if (percent > above && percent <= upTo) {
        to.add(new Crossed(level, percent));
      }
    }
    if (upTo == Level.STOP_PERCENT) {
      to.add(new Crossed(level, upTo));
    }
  }
}
