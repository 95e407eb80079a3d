package io.conductore.bench.report;

import io.conductore.bench.stats.Series;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A promise with the figure that keeps or breaks it. The median decides.
 *
 * @param aim the figure hoped for beyond the bar, or null
 */
public record Bar(
    String promise,
    Direction direction,
    double bar,
    @Nullable Double aim,
    Series measured,
    DoubleFunction<String> form) {

  /** Which side of the bar is good. */
  public enum Direction {
    AT_LEAST("at least "),
    UNDER("under ");

    private final String words;

    Direction(String words) {
      this.words = words;
    }
  }

  public boolean met() {
    return good(bar);
  }

  /** The row of the table of bars. */
  Table.Row row() {
    String wish = aim == null ? "" : form.apply(aim) + (good(aim) ? " reached" : " not reached");
    return Table.Row.of(
        promise,
        direction.words + form.apply(bar),
        wish,
        "**" + form.apply(measured.median()) + "**",
        Figures.rounds(measured, form),
        met() ? "met" : "**missed**");
  }

  private boolean good(double limit) {
    return direction == Direction.AT_LEAST ? measured.median() >= limit : measured.median() < limit;
  }
}
