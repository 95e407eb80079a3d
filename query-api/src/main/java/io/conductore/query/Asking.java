package io.conductore.query;

import io.conductore.query.http.Answers;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.query.read.PositionGate;
import io.conductore.query.read.PositionToken;
import io.conductore.query.read.Questions;
import io.conductore.query.read.ReadOutcome;
import io.conductore.query.read.StoreReader;
import io.conductore.schemas.Feed;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One read, from token to status: waits for the caller's position, asks, and answers. The switch
 * over the outcome is the table of statuses.
 */
final class Asking {
  private static final String IF_POSITION_AT_LEAST = "If-Position-At-Least";
  private static final Duration BEHIND_RETRY = Duration.ofSeconds(1);

  private final Context ctx;
  private final Backbone backbone;
  private final Predicate<PositionToken.Place> concerned;

  private Asking(Context ctx, Backbone backbone, Predicate<PositionToken.Place> concerned) {
    this.ctx = ctx;
    this.backbone = backbone;
    this.concerned = concerned;
  }

  /** A read of one key: only its partition of the token matters. */
  static Asking about(Context ctx, Backbone backbone, Feed feed, String owner) {
    PositionToken.Place place = new PositionToken.Place(feed, StoreReader.partitionOf(owner));
    return new Asking(ctx, backbone, place::equals);
  }

  /** A read over all partitions of a feed. */
  static Asking all(Context ctx, Backbone backbone, Feed feed) {
    return new Asking(ctx, backbone, place -> place.feed() == feed);
  }

  <T> void answer(Function<Questions, ReadOutcome<T>> ask, Function<T, Object> view) {
    send(ask, value -> Answers.json(ctx, view.apply(value)));
  }

  /** As plain text, for a shell; 204 where there is nothing to say. */
  <T> void text(Function<Questions, ReadOutcome<T>> ask, Function<T, Optional<String>> words) {
    send(
        ask,
        value -> words
            .apply(value)
            .ifPresentOrElse(
                text -> ctx.contentType("text/plain; charset=utf-8").result(text),
                () -> ctx.status(HttpStatus.NO_CONTENT)));
  }

  private <T> void send(Function<Questions, ReadOutcome<T>> ask, Consumer<T> sender) {
    switch (outcome(ask)) {
      case ReadOutcome.Found<T>(T value, PositionToken position) -> {
        ctx.header(Answers.POSITION, position.text());
        sender.accept(value);
      }
      case ReadOutcome.Absent<T>(PositionToken position) -> {
        ctx.header(Answers.POSITION, position.text());
        Answers.problem(ctx, Problem.notFound("Nothing is known under this id."));
      }
      case ReadOutcome.Behind<T>(Duration retryAfter) ->
        Answers.problem(ctx, Problem.behind(retryAfter));
      case ReadOutcome.Unavailable<T>(String why, Duration retryAfter) ->
        Answers.problem(ctx, Problem.unavailable(why, retryAfter));
    }
  }

  private <T> ReadOutcome<T> outcome(Function<Questions, ReadOutcome<T>> ask) {
    PositionToken wanted = token();
    boolean there = backbone.gate().await(wanted, concerned, PositionGate.WAIT_MAX);
    return there ? ask.apply(backbone.questions()) : new ReadOutcome.Behind<>(BEHIND_RETRY);
  }

  private PositionToken token() {
    String text = ctx.header(IF_POSITION_AT_LEAST);
    if (text == null || text.isBlank()) {
      return PositionToken.START;
    }
    return PositionToken.parse(text)
        .orElseThrow(() -> new ProblemException(Problem.invalidPosition(
            "Send the X-Position of an answer as it came, or leave it out.")));
  }
}
