package io.conductore.topology.price;

import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.TokenUsage;
import java.time.LocalDate;

/**
 * Prices by kind of token, in 10^-12 USD per token: exact for every list price, which are whole
 * millionths of a dollar per thousand tokens.
 *
 * @param from the first day (UTC) on which these hold
 */
public record Price(
    LocalDate from, long input, long output, long cacheWrite5m, long cacheWrite1h, long cacheRead) {

  /** The cost of a call. Tokens are bounded at the door, so that no product leaves its range. */
  public Usd of(TokenUsage call) {
    long hour = Math.min(call.getCacheCreation1hTokens(), call.getCacheCreationTokens());
    long fiveMinutes = call.getCacheCreationTokens() - hour;
    return new Usd(cost(call.getInputTokens(), input))
        .plus(new Usd(cost(call.getOutputTokens(), output)))
        .plus(new Usd(cost(fiveMinutes, cacheWrite5m)))
        .plus(new Usd(cost(hour, cacheWrite1h)))
        .plus(new Usd(cost(call.getCacheReadTokens(), cacheRead)));
  }

  private static long cost(long tokens, long picoUsdPerToken) {
    return Math.multiplyExact(tokens, picoUsdPerToken);
  }
}
