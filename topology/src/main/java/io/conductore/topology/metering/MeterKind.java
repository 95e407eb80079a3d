package io.conductore.topology.metering;

import io.conductore.schemas.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;

/** What a counter counts. The order is part of the stored bytes. */
public enum MeterKind {
  INPUT("input"),
  OUTPUT("output"),
  CACHE_CREATION("cacheCreation"),
  CACHE_READ("cacheRead"),
  /** In 10^-12 US dollars. */
  COST("cost");

  /** More tokens than any session, or nine million dollars. */
  static final long AMOUNT_MAX = 9_000_000_000_000_000_000L;

  private final String word;

  MeterKind(String word) {
    this.word = word;
  }

  /** By the word in the event. */
  static Optional<MeterKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** Tokens, or the smallest unit of money; a number beyond all reason is the largest one. */
  long amount(BigDecimal said) {
    if (said.signum() <= 0) {
      return 0;
    }
    try {
      return this == COST
          ? Usd.of(said).pico()
          : Math.min(AMOUNT_MAX, said.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    } catch (ArithmeticException tooMuch) {
      return AMOUNT_MAX;
    }
  }
}
