package io.conductore.query.auth;

import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Stands before every route: who calls, may he, and not too often. */
public final class Guard {
  private static final int ADDRESSES_MAX = 10_000;
  private static final String SCHEME = "bearer ";
  private static final String AGENT_ID = "agentId";

  private final Access access;
  private final InstantSource clock;
  private final RateLimits holders;
  private final RateLimits addresses;

  public Guard(Access access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
    // By name, so that two tokens of a name have one rate; names are bounded by the file.
    this.holders = new RateLimits(TokenYaml.TOKENS_MAX, clock);
    this.addresses = new RateLimits(ADDRESSES_MAX, clock);
  }

  /** Throws the problem to answer with. */
  public void check(Context ctx) {
    refuseTokenInQuery(ctx);
    Need need = need(ctx.endpoints().matchedHttpEndpoint());
    visit(ctx, need).begin(ctx);
  }

  private Visit visit(Context ctx, Need need) {
    return switch (access) {
      case Access.Off off -> new Visit(Caller.ANYONE, Visit.Charge.FREE);
      case Access.ByToken(TokenWatch tokens) ->
        need.asksForToken()
            ? letIn(ctx, need, tokens.current())
            : unasked(ctx, need, tokens.current());
    };
  }

  /** A file of a page, or a path that is not there, has no route and tells no secret. */
  private static Need need(@Nullable Endpoint route) {
    return route == null ? Need.NOTHING : RouteNeeds.of(route.method.name() + " " + route.path);
  }

  /** Addresses write into logs, histories and referrers: a token there is a token lost. */
  private static void refuseTokenInQuery(Context ctx) {
    if (ctx.queryString() == null) {
      return;
    }
    boolean found = ctx.queryParamMap().entrySet().stream()
        .anyMatch(param -> param.getKey().toLowerCase(Locale.ROOT).equals("access_token")
            || param.getValue().stream()
                .anyMatch(value -> TokenSecret.FORM.matcher(value).find()));
    if (found) {
      throw new ProblemException(Problem.tokenInQuery());
    }
  }

  private Visit unasked(Context ctx, Need need, TokenSet tokens) {
    if (need == Need.SIGNATURE) {
      countAddress(ctx, tokens);
    }
    // Speaks for nobody: no route that asks for nothing looks at its caller's role.
    return new Visit(new Caller("unasked", Role.VIEWER, null), Visit.Charge.FREE);
  }

  private Visit letIn(Context ctx, Need need, TokenSet tokens) {
    Token token = token(ctx, tokens);
    Caller caller = token.caller();
    Visit.Charge charge =
        units -> count(holders.take(token.name(), tokens.rates().of(token.role()), units));
    charge.take(1);
    if (!need.roles().contains(caller.role())) {
      throw new ProblemException(Problem.forbidden(
          "This needs a token with another role than " + caller.role().word()));
    }
    if (need.isAboutOneAgent()) {
      ctx.queryParams(AGENT_ID).forEach(given -> caller.mustBe(AGENT_ID, given));
    }
    return new Visit(caller, charge);
  }

  private Token token(Context ctx, TokenSet tokens) {
    List<String> given = java.util.Collections.list(ctx.req().getHeaders("Authorization"));
    if (given.isEmpty()) {
      throw refused(ctx, tokens, "Send a token as Authorization: Bearer rig_...");
    }
    String secret = given.size() == 1 ? secret(given.getFirst()) : "";
    if (!TokenSecret.FORM.matcher(secret).matches()) {
      throw refused(ctx, tokens, "Authorization must be one header: Bearer and a token.");
    }
    return switch (tokens.match(secret, clock.instant())) {
      case TokenSet.Match.Valid(Token token) -> token;
      case TokenSet.Match.Expired(java.time.Instant since) ->
        throw refused(ctx, tokens, "This token expired at " + since + ".");
      case TokenSet.Match.Unknown unknown ->
        throw refused(ctx, tokens, "This token is not known, or was revoked.");
    };
  }

  private static String secret(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).strip()
        : "";
  }

  private ProblemException refused(Context ctx, TokenSet tokens, String detail) {
    countAddress(ctx, tokens);
    return new ProblemException(Problem.unauthorized(detail));
  }

  private void countAddress(Context ctx, TokenSet tokens) {
    count(addresses.take(ctx.ip(), tokens.rates().address(), 1));
  }

  private static void count(Duration wait) {
    if (!wait.isZero()) {
      throw new ProblemException(Problem.rateLimited(wait));
    }
  }
}
