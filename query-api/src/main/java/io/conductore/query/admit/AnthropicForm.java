package io.conductore.query.admit;

import io.conductore.topology.admission.AdmissionOutcome;
import io.conductore.topology.admission.Level;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an Anthropic-style client is told, in its own words: a refusal that it does not try again,
 * and how much of the tightest limit is used, from 75 percent on as a warning.
 */
final class AnthropicForm {
  private static final String VERSION = "anthropic-version";
  private static final String SHOULD_RETRY = "x-should-retry";
  private static final String STATUS = "anthropic-ratelimit-unified-status";
  private static final String RESET = "anthropic-ratelimit-unified-reset";
  private static final String UTILIZATION = "anthropic-ratelimit-unified-utilization";
  private static final String SURPASSED = "anthropic-ratelimit-unified-surpassed-threshold";

  /** Where the client warns, the highest first. */
  private static final BigDecimal[] THRESHOLDS = {new BigDecimal("0.95"), new BigDecimal("0.75")};

  private static final long SECOND_MS = 1_000;

  private AnthropicForm() {}

  /** Every client of that protocol names the version that it speaks. */
  static boolean isWanted(Context ctx) {
    return ctx.header(VERSION) != null;
  }

  static void usage(Context ctx, @Nullable Level tightest) {
    if (tightest == null) {
      ctx.header(STATUS, "allowed");
      return;
    }
    BigDecimal surpassed = surpassed(tightest.usedRatio());
    ctx.header(STATUS, surpassed == null ? "allowed" : "allowed_warning");
    if (surpassed != null) {
      ctx.header(SURPASSED, surpassed.toPlainString());
    }
    level(ctx, tightest);
  }

  static void refusal(Context ctx, Level level, boolean waits) {
    ctx.header(SHOULD_RETRY, Boolean.toString(waits));
    ctx.header(STATUS, "rejected");
    level(ctx, level);
  }

  /** billing_error where nothing but time or a person helps. */
  static Map<String, Object> error(String message, AdmissionOutcome.Refused outcome) {
    String type = outcome.waits() ? "rate_limit_error" : "billing_error";
    return Map.of(
        "type", "error",
        "error", Map.of("type", type, "message", message),
        "request_id", outcome.ask().requestId());
  }

  private static void level(Context ctx, Level level) {
    ctx.header(UTILIZATION, level.usedRatio().toPlainString());
    if (level.window().turns()) {
      ctx.header(RESET, Long.toString(level.resetsAtMs() / SECOND_MS));
    }
  }

  private static @Nullable BigDecimal surpassed(BigDecimal ratio) {
    for (BigDecimal threshold : THRESHOLDS) {
      if (ratio.compareTo(threshold) >= 0) {
        return threshold;
      }
    }
    return null;
  }
}
