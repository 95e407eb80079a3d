package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What one model call used, as Anthropic counts it: input excludes both cache counts.
 *
 * @param cacheCreation1h the part of cacheCreation that was written for an hour, which costs more
 */
record TokenCounts(
    long input, long output, long cacheCreation, long cacheCreation1h, long cacheRead) {

  /** No single call comes near; a number above it is damage and counts as zero. */
  private static final long TOKENS_MAX = 1_000_000_000L;

  /** Reads an API {@code usage} object; empty when it holds no count at all. */
  static Optional<TokenCounts> ofUsage(JsonNode usage) {
    boolean counted =
        usage.path("input_tokens").isNumber() || usage.path("output_tokens").isNumber();
    if (!counted) {
      return Optional.empty();
    }
    JsonNode byLifetime = usage.path("cache_creation");
    long hour = tokens(byLifetime.path("ephemeral_1h_input_tokens"));
    long minutes = tokens(byLifetime.path("ephemeral_5m_input_tokens"));
    // The split is missing or zero in some versions and then says nothing about the total.
    long creation = Math.max(tokens(usage.path("cache_creation_input_tokens")), hour + minutes);
    return Optional.of(new TokenCounts(
        tokens(usage.path("input_tokens")),
        tokens(usage.path("output_tokens")),
        creation,
        hour,
        tokens(usage.path("cache_read_input_tokens"))));
  }

  /** Everything the model had to read: what fills the context window. */
  long context() {
    return input + cacheCreation + cacheRead;
  }

  static long tokens(JsonNode count) {
    if (!count.isNumber() || !count.canConvertToExactIntegral() || !count.canConvertToLong()) {
      return 0;
    }
    long value = count.longValue();
    return value < 0 || value > TOKENS_MAX ? 0 : value;
  }
}
