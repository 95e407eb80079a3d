package io.conductore.topology.price;

import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.TokenUsage;

/**
 * Prices by kind of token, in 10^-12 USD per token: exact for every list price, which are whole
 * millionths of a dollar per thousand tokens.
 */
public record Rates(long input, long output, long cacheWrite5m, long cacheWrite1h, long cacheRead) {

  /** The cost of a call. Tokens are bounded at the door, so that no product leaves its range. */
  Usd of(TokenUsage call) {
    long hour = Math.min(call.getCacheCreation1hTokens(), call.getCacheCreationTokens());
    long fiveMinutes = call.getCacheCreationTokens() - hour;
    return cost(call.getInputTokens(), input)
        .plus(cost(call.getOutputTokens(), output))
        .plus(cost(fiveMinutes, cacheWrite5m))
        .plus(cost(hour, cacheWrite1h))
        .plus(cost(call.getCacheReadTokens(), cacheRead));
  }

  /** What a call costs whose prompt may be cached in the dearest way. */
  Usd atMost(long inputTokens, long outputTokens) {
    long dearest = Math.max(Math.max(input, cacheRead), Math.max(cacheWrite5m, cacheWrite1h));
    return cost(inputTokens, dearest).plus(cost(outputTokens, output));
  }

  private static Usd cost(long tokens, long picoUsdPerToken) {
    return new Usd(Math.multiplyExact(tokens, picoUsdPerToken));
  }
}
