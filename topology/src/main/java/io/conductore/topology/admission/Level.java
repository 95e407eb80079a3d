package io.conductore.topology.admission;

import io.conductore.topology.budget.Scope;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * How much of one limit is used at one time. Amounts are in the unit's smallest part.
 *
 * @param bucket the number of the window that was open
 */
public record Level(
    Scope scope, Window window, Unit unit, long bucket, long limit, long spent, long reserved) {
  /** At these shares of a limit somebody is told. */
  static final int[] WARNING_PERCENTS = {80, 90};

  static final int STOP_PERCENT = 100;
  private static final int LAST_WARNING_PERCENT = 90;
  private static final MathContext RATIO_DIGITS = new MathContext(6);

  /** True if this much more leaves spent and reserved within the limit. */
  boolean fits(Spent ask) {
    return isWithin(limit, spent, reserved, unit.of(ask));
  }

  /** True if only what is reserved stands in the way: there is room again when calls end. */
  boolean fitsWithoutReserved(Spent ask) {
    return isWithin(limit, spent, 0, unit.of(ask));
  }

  /** The highest threshold that is reached; 0 for none. */
  int percent() {
    if (reaches(spent, STOP_PERCENT)) {
      return STOP_PERCENT;
    }
    int reached = 0;
    long used = plusCapped(spent, reserved);
    for (int percent : WARNING_PERCENTS) {
      reached = reaches(used, percent) ? percent : reached;
    }
    return reached;
  }

  /** True from where a call that does not fit shows that the limit is used up. */
  boolean isNearlySpent() {
    return reaches(spent, LAST_WARNING_PERCENT);
  }

  /** When there is room again by itself; far beyond every date for a limit that never turns. */
  public long resetsAtMs() {
    return window.endOf(bucket).toEpochMilli();
  }

  /** Spent and reserved over the limit; 1 for a limit of nothing. */
  public BigDecimal usedRatio() {
    return limit == 0
        ? BigDecimal.ONE
        : BigDecimal.valueOf(plusCapped(spent, reserved))
            .divide(BigDecimal.valueOf(limit), RATIO_DIGITS);
  }

  /** Exact: a float may place 80 percent just above or below it. */
  private boolean reaches(long amount, int percent) {
    long threshold = limit / 100 * percent + Math.ceilDiv(limit % 100 * percent, 100);
    return amount > 0 && amount >= threshold;
  }

  private static boolean isWithin(long limit, long spent, long reserved, long ask) {
    long left = limit - plusCapped(spent, reserved);
    return left >= ask;
  }

  private static long plusCapped(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  void write(Encoder to) throws IOException {
    to.writeString(scope.kind().word());
    to.writeString(scope.id());
    to.writeInt(window.code());
    to.writeString(unit.word());
    to.writeLong(bucket);
    to.writeLong(limit);
    to.writeLong(spent);
    to.writeLong(reserved);
  }

  static Level read(Decoder from) throws IOException {
    return new Level(
        new Scope(Scope.Kind.ofWord(from.readString()), from.readString()),
        Window.ofCode(from.readInt()),
        Unit.ofWord(from.readString()),
        from.readLong(),
        from.readLong(),
        from.readLong(),
        from.readLong());
  }
}
