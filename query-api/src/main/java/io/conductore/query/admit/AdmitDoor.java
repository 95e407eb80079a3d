package io.conductore.query.admit;

import io.conductore.query.auth.Visit;
import io.conductore.query.door.FeedAppender;
import io.conductore.query.http.Answers;
import io.conductore.query.http.HttpServer;
import io.conductore.query.http.Problem;
import io.conductore.query.read.LevelView;
import io.conductore.query.read.PositionGate;
import io.conductore.query.read.StoreReader;
import io.conductore.topology.admission.AdmissionOutcome;
import io.conductore.topology.admission.Ask;
import io.conductore.topology.admission.Level;
import io.conductore.topology.price.PriceTable;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** POST /api/budgets/{agentId}/admit: room is reserved before a model is called, or it is not. */
public final class AdmitDoor {
  private static final int TOO_MANY = 429;
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Room that calls under way hold comes back when they end: soon, and nobody knows when. */
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final Admitting admitting;
  private final PriceTable prices;
  private final InstantSource clock;

  /** What was reserved, for whom, and the limit that is used most with it. */
  record Reservation(
      String requestId,
      String agentId,
      String tenant,
      String pool,
      @Nullable String issue,
      long reservedTokens,
      BigDecimal reservedUsd,
      Instant expiresAt,
      @Nullable LevelView tightest) {
    static Reservation of(AdmissionOutcome.Reserved outcome) {
      Ask ask = outcome.ask();
      Level tightest = outcome.tightest();
      return new Reservation(
          ask.requestId(),
          ask.agentId(),
          ask.tenant(),
          ask.pool(),
          ask.issue(),
          ask.amount().tokens(),
          ask.amount().usd().toDecimal(),
          Instant.ofEpochMilli(outcome.expiresAtMs()),
          tightest == null ? null : LevelView.of(tightest));
    }
  }

  /** The problem with the limit that has no room. */
  record BudgetProblem(String type, String title, int status, String detail, LevelView limit) {}

  public AdmitDoor(
      FeedAppender feeds,
      StoreReader reader,
      PositionGate gate,
      PriceTable prices,
      InstantSource clock) {
    this.admitting = new Admitting(feeds, reader, gate);
    this.prices = prices;
    this.clock = clock;
  }

  public void admit(Context ctx) {
    HttpServer.mustBeSameOrigin(ctx);
    AdmitRequest request = AdmitRequest.of(ctx);
    Visit.of(ctx).caller().mustBe("agentId", request.agentId());
    ctx.header(Header.CACHE_CONTROL, "no-store");
    switch (admitting.admit(request.record(prices, clock.millis()))) {
      case AdmitAnswer.Admitted(var outcome, var position) -> {
        ctx.header(Answers.POSITION, position.text());
        AnthropicForm.usage(ctx, outcome.tightest());
        Answers.json(ctx, Reservation.of(outcome));
      }
      case AdmitAnswer.Refused(var outcome, var position) -> {
        ctx.header(Answers.POSITION, position.text());
        refuse(ctx, outcome);
      }
      case AdmitAnswer.IdUsed(String why) -> Answers.problem(ctx, Problem.requestIdUsed(why));
      case AdmitAnswer.Unknown(String why) -> {
        String next = "; ask again with the same requestId, which reserves nothing twice.";
        Answers.problem(ctx, Problem.unavailable(why + next, RETRY));
      }
    }
  }

  private void refuse(Context ctx, AdmissionOutcome.Refused outcome) {
    Level level = outcome.level();
    Duration wait = wait(outcome);
    if (wait != null) {
      ctx.header(Header.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds())));
    }
    AnthropicForm.refusal(ctx, level, outcome.waits());
    ctx.status(TOO_MANY);
    String detail = detail(outcome);
    if (AnthropicForm.isWanted(ctx)) {
      Answers.json(ctx, AnthropicForm.error(detail, outcome));
      return;
    }
    String name = outcome.waits() ? "budget-reserved" : "budget-exceeded";
    String title =
        outcome.waits() ? "Calls under way hold the rest" : "The budget has no room for this call";
    ctx.contentType(Problem.CONTENT_TYPE)
        .result(Answers.bytes(
            new BudgetProblem("/problems/" + name, title, TOO_MANY, detail, LevelView.of(level))));
  }

  /** Until the window turns; null if it never does. */
  private @Nullable Duration wait(AdmissionOutcome.Refused outcome) {
    Level level = outcome.level();
    if (outcome.waits()) {
      return WAIT;
    }
    if (!level.window().turns()) {
      return null;
    }
    return Duration.ofMillis(level.resetsAtMs() - clock.millis()).plusMillis(999);
  }

  private static String detail(AdmissionOutcome.Refused outcome) {
    Level level = outcome.level();
    long ask = level.unit().of(outcome.ask().amount());
    return "%s: the limit of %s %s is %s; %s is spent, %s reserved, and this call may need %s.%s"
        .formatted(
            level.scope().words(),
            level.window().turns() ? "this " + level.window().word() : "all time",
            level.unit().word(),
            text(level, level.limit()),
            text(level, level.spent()),
            text(level, level.reserved()),
            text(level, ask),
            next(outcome));
  }

  private static String next(AdmissionOutcome.Refused outcome) {
    if (outcome.waits()) {
      return " There is room again when calls that are under way end.";
    }
    return outcome.level().window().turns()
        ? " It resets at " + Instant.ofEpochMilli(outcome.level().resetsAtMs()) + "."
        : " Only a higher limit opens it again.";
  }

  private static String text(Level level, long amount) {
    return level.unit().decimal(amount).toPlainString();
  }
}
