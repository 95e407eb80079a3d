package io.conductore.topology.activity;

import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.BudgetExceeded;
import io.conductore.schemas.activity.BudgetWarning;
import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The budget events that one model call causes: a warning at 80 and at 90 percent of a limit, and a stop at
 * 100 (events.md, decision 8). Only the window that is current when the call is recorded can cross; what an
 * import brings in from last month warns nobody.
 */
final class BudgetCrossing {
  private static final int[] WARN_PERCENTS = {80, 90};
  private static final int STOP_PERCENT = 100;

  private final Budget before;
  private final Budget after;
  private final AgentActivity event;

  /** A crossing and the text that makes its id the same on every replay. */
  record Crossed(SpecificRecord payload, String idText) {}

  BudgetCrossing(Budget before, Budget after, AgentActivity event) {
    this.before = before;
    this.after = after;
    this.event = event;
  }

  List<Crossed> crossed(java.util.function.Function<Window, Limit> fromFile) {
    List<Crossed> crossed = new ArrayList<>();
    long nowMs = event.getRecordedAtMs();
    for (Window window : Window.values()) {
      if (window.bucketAt(event.getOccurredAtMs()) == window.bucketAt(nowMs)) {
        Limit limit = after.limitAt(window, nowMs, fromFile.apply(window));
        inWindow(window, limit, crossed);
      }
    }
    return crossed;
  }

  private void inWindow(Window window, Limit limit, List<Crossed> to) {
    Spent was = before.spentAt(window, event.getOccurredAtMs());
    Spent is = after.spentAt(window, event.getOccurredAtMs());
    Long tokens = limit.tokens();
    if (tokens != null) {
      percents(was.tokens(), is.tokens(), tokens)
          .forEach(percent ->
              to.add(crossing(window, percent, "tokens", decimal(tokens), decimal(is.tokens()))));
    }
    Usd usd = limit.usd();
    if (usd != null) {
      percents(was.usd().pico(), is.usd().pico(), usd.pico())
          .forEach(
              percent -> to.add(crossing(window, percent, "usd", decimal(usd), decimal(is.usd()))));
    }
  }

  /** The thresholds that lie above what was spent before and not above what is spent now. */
  private static List<Integer> percents(long was, long is, long limit) {
    List<Integer> percents = new ArrayList<>();
    for (int percent : WARN_PERCENTS) {
      addIfCrossed(was, is, limit, percent, percents);
    }
    addIfCrossed(was, is, limit, STOP_PERCENT, percents);
    return percents;
  }

  private static void addIfCrossed(
      long was, long is, long limit, int percent, List<Integer> percents) {
    double threshold = limit * (percent / 100.0);
    if (was < threshold && is >= threshold) {
      percents.add(percent);
    }
  }

  private Crossed crossing(Window window, int percent, String unit, String limit, String spent) {
    long bucket = window.bucketAt(event.getOccurredAtMs());
    long resetsAtMs = window.endOf(bucket).toEpochMilli();
    SpecificRecord payload = percent == STOP_PERCENT
        ? new BudgetExceeded(window.word(), unit, limit, spent, null, resetsAtMs)
        : new BudgetWarning(window.word(), unit, percent, limit, spent, null, resetsAtMs);
    String id = String.join(
        "|", event.getStreamId(), window.word(), "" + bucket, unit, limit, "" + percent);
    return new Crossed(payload, id);
  }

  private static String decimal(@Nullable Long tokens) {
    return String.valueOf(tokens);
  }

  private static String decimal(Usd usd) {
    BigDecimal dollars = usd.toDecimal();
    return dollars.toPlainString();
  }
}
