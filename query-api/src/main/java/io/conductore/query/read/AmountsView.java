package io.conductore.query.read;

import io.conductore.schemas.Usd;
import io.conductore.topology.metering.Amounts;
import io.conductore.topology.metering.MeterKind;
import java.math.BigDecimal;

/** Tokens by kind and money; of a gap some are negative. */
public record AmountsView(
    long inputTokens,
    long outputTokens,
    long cacheCreationTokens,
    long cacheReadTokens,
    BigDecimal costUsd) {

  static AmountsView of(Amounts amounts) {
    return new AmountsView(
        amounts.get(MeterKind.INPUT),
        amounts.get(MeterKind.OUTPUT),
        amounts.get(MeterKind.CACHE_CREATION),
        amounts.get(MeterKind.CACHE_READ),
        new Usd(amounts.get(MeterKind.COST)).toDecimal());
  }
}
