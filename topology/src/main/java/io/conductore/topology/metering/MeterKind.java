package io.conductore.topology.metering;

import io.conductore.schemas.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;

/** What a counter counts. The words are part of the stored bytes. */
public enum MeterKind {
  INPUT("input"),
  OUTPUT("output"),
  CACHE_CREATION("cacheCreation"),
  CACHE_READ("cacheRead"),
  /** In 10^-12 US dollars. */
  COST("cost");

  /** More tokens than any session, or nine million dollars. */
  static final long AMOUNT_MAX = 9_000_000_000_000_000_000L;

  private static final int WHOLE_DIGITS_MAX = 18;
  private static final int USD_DIGITS = 12;

  private final String word;

  MeterKind(String word) {
    this.word = word;
  }

  /** By the word in the event. */
  static Optional<MeterKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  String word() {
    return word;
  }

  /**
   * Tokens, or the smallest unit of money. A number beyond all reason is the largest one, and one
   * that cannot be read, as only a record past the doors can hold, is nothing.
   */
  long amount(String text) {
    BigDecimal said;
    try {
      said = new BigDecimal(text);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
    // Before the digits are written out: 1e1000000000 has a billion of them.
    long wholeDigits = (long) said.precision() - said.scale();
    if (said.signum() <= 0 || wholeDigits < -USD_DIGITS) {
      return 0;
    }
    if (wholeDigits > WHOLE_DIGITS_MAX) {
      return AMOUNT_MAX;
    }
    try {
      return this == COST
          ? Usd.of(said).pico()
          : said.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    } catch (ArithmeticException tooMuch) {
      return AMOUNT_MAX;
    }
  }
}
