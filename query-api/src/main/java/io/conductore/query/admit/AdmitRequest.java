package io.conductore.query.admit;

import io.conductore.query.http.JsonBody;
import io.conductore.query.http.Params;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.schemas.Usd;
import io.conductore.schemas.flat.FlatLimits;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.price.PriceTable;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/**
 * POST /api/budgets/{agentId}/admit.
 *
 * @param requestId chosen by the caller, and sent again as the requestId of the TOKEN_USAGE
 * @param estimatedInputTokens all of the prompt, cached or not
 * @param maxOutputTokens the most that the model may write
 */
record AdmitRequest(
    String agentId,
    String requestId,
    @Nullable String model,
    long estimatedInputTokens,
    long maxOutputTokens,
    @Nullable String tenant,
    @Nullable String pool,
    @Nullable String issue) {
  /** As much as one event may say that a call took. */
  private static final long TOKENS_MAX = 100_000_000;

  static AdmitRequest of(Context ctx) {
    JsonBody body = JsonBody.of(ctx);
    String agentId = agent(Params.path(ctx, "agentId"));
    return new AdmitRequest(
        agentId,
        body.requiredText("requestId"),
        body.text("model").orElse(null),
        tokens(body, "estimatedInputTokens"),
        tokens(body, "maxOutputTokens"),
        body.text("tenant").orElse(null),
        body.text("pool").orElse(null),
        issue(body));
  }

  /** What is reserved: every token that a budget counts, at the dearest that it may cost. */
  AdmissionRecord.Admit record(PriceTable prices, long nowMs) {
    Usd atMost = prices.atMost(model, estimatedInputTokens, maxOutputTokens, nowMs);
    return new AdmissionRecord.Admit(
        requestId,
        agentId,
        tenant,
        pool,
        issue,
        model,
        estimatedInputTokens + maxOutputTokens,
        atMost.pico());
  }

  /** The budget is the agent's, not the instance's. */
  private static String agent(String given) {
    int slash = given.indexOf('/');
    String agentId = slash < 0 ? given : given.substring(0, slash);
    if (agentId.isBlank() || agentId.length() > FlatLimits.ID_CHARS_MAX) {
      String rule = "agentId has 1 to " + FlatLimits.ID_CHARS_MAX + " characters.";
      throw new ProblemException(Problem.invalidParameter("agentId", rule));
    }
    return agentId;
  }

  private static long tokens(JsonBody body, String name) {
    long tokens = body.requiredWhole(name);
    if (tokens > TOKENS_MAX) {
      String rule = name + " must be a whole number up to " + TOKENS_MAX + ".";
      throw new ProblemException(Problem.invalidParameter(name, rule));
    }
    return tokens;
  }

  private static @Nullable String issue(JsonBody body) {
    String repo = body.text("repo").orElse(null);
    if (repo == null) {
      return null;
    }
    long number = body.requiredWhole("issueNumber");
    if (number < 1 || number > Integer.MAX_VALUE) {
      throw new ProblemException(
          Problem.invalidParameter("issueNumber", "issueNumber must be a whole number from 1."));
    }
    return repo + "#" + number;
  }
}
