package io.conductore.topology.activity;

import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.BudgetExceeded;
import io.conductore.schemas.activity.BudgetWarning;
import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The budget events that one model call or one change of a limit causes: a warning at 80 and at 90
 * percent of the limit, and a stop at 100 (events.md, decision 8). Only the window that is current
 * when the event is recorded can cross; what an import brings in from last month warns nobody.
 */
final class BudgetCrossing {
  private static final int[] PERCENTS = {80, 90, 100};
  private static final int STOP_PERCENT = 100;

  private final Budget before;
  private final Budget after;
  private final AgentActivity event;

  /** A crossing and the text that makes its id the same on every replay. */
  record Crossed(SpecificRecord payload, String idText) {}

  /** What was spent of a limit, in one unit; null for no limit. */
  private record Level(long spent, @Nullable Long limit) {

    /**
     * Exact: a float may place 80 percent just above or below it. A limit of zero is reached by any
     * spending.
     */
    boolean reaches(int percent) {
      if (limit == null || spent <= 0) {
        return false;
      }
      long threshold = limit / 100 * percent + Math.ceilDiv(limit % 100 * percent, 100);
      return spent >= threshold;
    }
  }

  BudgetCrossing(Budget before, Budget after, AgentActivity event) {
    this.before = before;
    this.after = after;
    this.event = event;
  }

  List<Crossed> crossed(Function<Window, Limit> fromFile) {
    List<Crossed> crossed = new ArrayList<>(0);
    for (Window window : Window.values()) {
      if (window.bucketAt(event.getOccurredAtMs()) == window.bucketAt(event.getRecordedAtMs())) {
        inWindow(window, fromFile.apply(window), crossed);
      }
    }
    return crossed;
  }

  private void inWindow(Window window, Limit fromFile, List<Crossed> to) {
    long nowMs = event.getRecordedAtMs();
    Limit limitWas = before.limitAt(window, nowMs, fromFile);
    Limit limit = after.limitAt(window, nowMs, fromFile);
    Spent was = before.spentAt(window, nowMs);
    Spent is = after.spentAt(window, nowMs);
    Level tokensWere = new Level(was.tokens(), limitWas.tokens());
    Level tokensAre = new Level(is.tokens(), limit.tokens());
    Level usdWas = new Level(was.usd().pico(), pico(limitWas.usd()));
    Level usdIs = new Level(is.usd().pico(), pico(limit.usd()));
    for (int percent : PERCENTS) {
      if (tokensAre.reaches(percent) && !tokensWere.reaches(percent)) {
        to.add(crossing(window, percent, "tokens", text(limit.tokens()), text(is.tokens())));
      }
      if (usdIs.reaches(percent) && !usdWas.reaches(percent)) {
        to.add(crossing(window, percent, "usd", text(limit.usd()), text(is.usd())));
      }
    }
  }

  private Crossed crossing(Window window, int percent, String unit, String limit, String spent) {
    long bucket = window.bucketAt(event.getOccurredAtMs());
    long resetsAtMs = window.endOf(bucket).toEpochMilli();
    SpecificRecord payload = percent == STOP_PERCENT
        ? new BudgetExceeded(window.word(), unit, limit, spent, null, resetsAtMs, null, null)
        : new BudgetWarning(
            window.word(), unit, percent, limit, spent, null, resetsAtMs, null, null);
    String id = String.join(
        "|", event.getStreamId(), window.word(), "" + bucket, unit, limit, "" + percent);
    return new Crossed(payload, id);
  }

  private static @Nullable Long pico(@Nullable Usd usd) {
    return usd == null ? null : usd.pico();
  }

  private static String text(@Nullable Long tokens) {
    return String.valueOf(tokens);
  }

  private static String text(@Nullable Usd usd) {
    return usd == null ? "" : usd.toDecimal().toPlainString();
  }
}
