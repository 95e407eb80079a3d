package io.conductore.topology.price;

import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.TokenUsage;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs from a day on. A call whose prompt is longer than the tier's bound is billed
 * at the tier's rates for all of its tokens.
 *
 * @param from the first day (UTC) on which these hold
 * @param longContext null for a model that costs the same however long the prompt
 */
record Price(LocalDate from, Rates rates, @Nullable LongContext longContext) {

  /** @param aboveTokens the longest prompt, cached or not, that the other rates are for */
  record LongContext(long aboveTokens, Rates rates) {}

  Usd of(TokenUsage call) {
    long prompt = call.getInputTokens() + call.getCacheCreationTokens() + call.getCacheReadTokens();
    return rates(prompt).of(call);
  }

  Usd atMost(long inputTokens, long outputTokens) {
    return rates(inputTokens).atMost(inputTokens, outputTokens);
  }

  private Rates rates(long promptTokens) {
    return longContext != null && promptTokens > longContext.aboveTokens()
        ? longContext.rates()
        : rates;
  }
}
