package io.conductore.query.read;

import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast somebody spends: what this hour and the one before it took, over the time that they have
 * lasted. Exact to the hour's edge, and never over less than an hour.
 */
record Pace(BigDecimal tokensPerHour, BigDecimal usdPerHour, Instant now) {
  private static final BigDecimal HOUR_MS = BigDecimal.valueOf(3_600_000);
  private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);
  private static final int MICRO_DOLLAR = 6;

  static Pace of(Budget budget, Instant now) {
    long nowMs = now.toEpochMilli();
    long bucket = Window.HOUR.bucketAt(nowMs);
    Instant from = Window.HOUR.startOf(bucket - 1);
    Spent spent =
        budget.spentAt(Window.HOUR, nowMs).plus(budget.spentAt(Window.HOUR, from.toEpochMilli()));
    BigDecimal ms = BigDecimal.valueOf(nowMs - from.toEpochMilli());
    BigDecimal tokens = perHour(BigDecimal.valueOf(spent.tokens()), ms);
    BigDecimal usd = perHour(spent.usd().toDecimal(), ms);
    return new Pace(
        tokens.setScale(0, RoundingMode.HALF_EVEN),
        usd.setScale(MICRO_DOLLAR, RoundingMode.HALF_EVEN),
        now);
  }

  /** When what is left is spent at this pace; null if the window turns before, or at no pace. */
  static @Nullable Instant exhausted(
      BigDecimal left, BigDecimal perHour, Instant now, Instant turns) {
    if (perHour.signum() <= 0 || left.signum() <= 0) {
      return null;
    }
    BigDecimal ms = left.multiply(HOUR_MS).divide(perHour, 0, RoundingMode.CEILING);
    long untilTurnMs = turns.toEpochMilli() - now.toEpochMilli();
    boolean before = ms.compareTo(BigDecimal.valueOf(untilTurnMs)) < 0;
    return before ? now.plusMillis(ms.longValue()) : null;
  }

  private static BigDecimal perHour(BigDecimal amount, BigDecimal ms) {
    return amount.multiply(HOUR_MS).divide(ms, DIGITS);
  }
}
