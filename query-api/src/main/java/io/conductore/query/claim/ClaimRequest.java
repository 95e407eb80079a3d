package io.conductore.query.claim;

import io.conductore.query.http.Params;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.schemas.flat.FlatLimits;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.conductore.topology.handoff.Pools;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for what.
 *
 * @param agentId without the instance
 * @param patience how long the request may stay open when there is nothing
 * @param key the caller's own name for this claim, which makes repeating it harmless
 */
record ClaimRequest(
    Kind kind,
    String agentId,
    String pool,
    Duration patience,
    @Nullable String key) {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final int WAIT_SECONDS_MAX = 60;
  private static final int KEY_CHARS_MAX = 200;
  private static final Pattern WAIT = Pattern.compile("(\\d{1,3})s?");

  static ClaimRequest of(Context ctx, Kind kind) {
    return new ClaimRequest(
        kind,
        agent(ctx),
        name("pool", Params.text(ctx, "pool").orElse(Pools.DEFAULT)),
        wait(ctx),
        key(ctx));
  }

  /** Empty if the caller did not name the claim. */
  String keyOrNone() {
    return key == null ? "" : key;
  }

  /** dev-e-node/abc12 claims for dev-e-node: capacity is the agent's, not the instance's. */
  private static String agent(Context ctx) {
    String given = Params.required(ctx, "agentId");
    int slash = given.indexOf('/');
    return name("agentId", slash < 0 ? given : given.substring(0, slash));
  }

  private static String name(String parameter, String given) {
    if (given.isBlank() || given.length() > FlatLimits.ID_CHARS_MAX) {
      throw wrong(parameter, "has 1 to " + FlatLimits.ID_CHARS_MAX + " characters.");
    }
    return given;
  }

  private static Duration wait(Context ctx) {
    String given = ctx.queryParam("wait");
    if (given == null || given.isEmpty()) {
      return Duration.ZERO;
    }
    Matcher matcher = WAIT.matcher(given);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > WAIT_SECONDS_MAX) {
      throw wrong("wait", "is a number of seconds up to " + WAIT_SECONDS_MAX + ", such as 30s.");
    }
    return Duration.ofSeconds(Integer.parseInt(matcher.group(1)));
  }

  private static @Nullable String key(Context ctx) {
    String given = ctx.header(IDEMPOTENCY_KEY);
    if (given == null || given.isBlank()) {
      return null;
    }
    boolean printable = given.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    if (given.length() > KEY_CHARS_MAX || !printable) {
      throw wrong(IDEMPOTENCY_KEY, "has up to " + KEY_CHARS_MAX + " printable ASCII characters.");
    }
    return given;
  }

  private static ProblemException wrong(String parameter, String rule) {
    return new ProblemException(Problem.invalidParameter(parameter, parameter + " " + rule));
  }
}
