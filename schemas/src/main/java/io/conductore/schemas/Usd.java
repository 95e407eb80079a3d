package io.conductore.schemas;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount of US dollars in units of 10^-12, fine enough for a price per token and wide
 * enough for nine million dollars a sum. Sums beyond that throw rather than wrap.
 */
public record Usd(long pico) implements Comparable<Usd> {
  public static final Usd ZERO = new Usd(0);
  private static final int SCALE = 12;
  private static final int SCALE_SHOWN_MIN = 4;
  private static final int WHOLE_DIGITS_MAX = 7;

  /**
   * Rounds half-even to 10^-12, because producers send binary floats such as 0.08700000000000001.
   *
   * @throws ArithmeticException when the amount does not fit
   */
  public static Usd of(BigDecimal dollars) {
    // Before the digits are written out: 1e1000000000 has a billion of them.
    long wholeDigits = (long) dollars.precision() - dollars.scale();
    if (dollars.signum() == 0 || wholeDigits < -SCALE) {
      return ZERO;
    }
    if (wholeDigits > WHOLE_DIGITS_MAX) {
      throw new ArithmeticException("more dollars than nine million");
    }
    return new Usd(
        dollars.setScale(SCALE, RoundingMode.HALF_EVEN).unscaledValue().longValueExact());
  }

  public Usd plus(Usd other) {
    return new Usd(Math.addExact(pico, other.pico));
  }

  /** Plain decimal with at least four digits after the point: 0.0870. */
  public BigDecimal toDecimal() {
    BigDecimal plain = BigDecimal.valueOf(pico, SCALE).stripTrailingZeros();
    return plain.scale() < SCALE_SHOWN_MIN ? plain.setScale(SCALE_SHOWN_MIN) : plain;
  }

  @Override
  public int compareTo(Usd other) {
    return Long.compare(pico, other.pico);
  }
}
