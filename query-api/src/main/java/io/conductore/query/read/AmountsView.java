package io.conductore.query.read;

import io.conductore.schemas.Usd;
import io.conductore.topology.metering.Amounts;
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
        amounts.input(),
        amounts.output(),
        amounts.cacheCreation(),
        amounts.cacheRead(),
        new Usd(amounts.costPico()).toDecimal());
  }
}
