package io.conductore.query.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conductore.query.auth.EventRights;
import io.conductore.query.auth.Visit;
import io.conductore.query.http.Answers;
import io.conductore.query.http.Body;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.query.read.PositionGate;
import io.conductore.query.read.PositionToken;
import io.conductore.query.read.Questions;
import io.conductore.query.read.ReadOutcome;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.head.SeenId;
import io.conductore.topology.price.PriceTable;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** POST /api/events: the original's request and answer, and batches. */
public final class EventDoor {
  private static final int IDEMPOTENCY_KEY_CHARS_MAX = 200;
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Pattern WAIT = Pattern.compile("\\bwait=(\\d{1,3})\\b");

  private final EventAppender appender;
  private final PriceTable prices;
  private final PositionGate gate;
  private final Questions questions;
  private final InstantSource clock;
  private final LongAdder clamped = new LongAdder();

  /** One event's answer. The timestamp is when it occurred, as clamped at the door. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Accepted(
      String streamId,
      String type,
      Instant timestamp,
      String eventId,
      @Nullable Long ordinal,
      @Nullable String position) {}

  /** A batch's answer. */
  public record AcceptedList(List<Accepted> events, String position) {}

  public EventDoor(
      EventAppender appender,
      PriceTable prices,
      PositionGate gate,
      Questions questions,
      InstantSource clock) {
    this.appender = appender;
    this.prices = prices;
    this.gate = gate;
    this.questions = questions;
    this.clock = clock;
  }

  public void post(Context ctx) {
    boolean lines = lines(ctx);
    byte[] body = Body.read(ctx);
    EventReader.Batch batch = EventReader.read(body, lines, idempotencyKey(ctx), clock.millis());
    Visit visit = Visit.of(ctx);
    visit.countMore(batch.events().size() - 1);
    EventRights.check(visit.caller(), batch.events());
    batch.events().forEach(prices::stamp);
    switch (appender.append(batch.events())) {
      case AppendOutcome.Appended(PositionToken position) -> accepted(ctx, batch, position);
      case AppendOutcome.TooLarge tooLarge ->
        Answers.problem(ctx, Problem.bodyTooLarge(DoorLimits.BODY_BYTES_MAX));
      case AppendOutcome.Unacknowledged(String why) ->
        Answers.problem(ctx, Problem.unavailable(why, RETRY));
    }
  }

  /** How many events got the door's time because their producer's could not be right. */
  public long clamped() {
    return clamped.sum();
  }

  private void accepted(Context ctx, EventReader.Batch batch, PositionToken position) {
    clamped.add(batch.clamped());
    String token = position.text();
    ctx.header(Answers.POSITION, token);
    boolean folded = waitFor(ctx, position);
    List<Accepted> answers = new ArrayList<>(batch.events().size());
    for (LogEvent event : batch.events()) {
      Long ordinal = folded ? ordinal(event) : null;
      answers.add(new Accepted(
          event.key(),
          event.type().wireName(),
          occurredAt(event),
          event.eventId(),
          ordinal,
          batch.list() ? null : token));
    }
    Answers.json(ctx, batch.list() ? new AcceptedList(answers, token) : answers.getFirst());
  }

  /** Prefer: wait=N (RFC 7240) trades latency for the ordinal. */
  private boolean waitFor(Context ctx, PositionToken position) {
    String prefer = ctx.header("Prefer");
    Matcher matcher = prefer == null ? null : WAIT.matcher(prefer);
    if (matcher == null || !matcher.find()) {
      return false;
    }
    int seconds = Math.min(Integer.parseInt(matcher.group(1)), DoorLimits.WAIT_SECONDS_MAX);
    ctx.header("Preference-Applied", "wait=" + seconds);
    return gate.await(position, place -> true, Duration.ofSeconds(seconds));
  }

  private @Nullable Long ordinal(LogEvent event) {
    return questions.ordinal(event.log(), event.key(), event.eventId())
            instanceof ReadOutcome.Found<SeenId>(SeenId seen, PositionToken position)
        ? seen.ordinal()
        : null;
  }

  private static Instant occurredAt(LogEvent event) {
    return Instant.ofEpochMilli(
        switch (event.envelope()) {
          case AgentActivity activity -> activity.getOccurredAtMs();
          case IssueLifecycle lifecycle -> lifecycle.getOccurredAtMs();
          default -> throw new IllegalArgumentException("not an envelope");
        });
  }

  /** True for NDJSON. curl's default form type counts as JSON, so that one curl is enough. */
  private static boolean lines(Context ctx) {
    String given = ctx.contentType();
    if (given == null) {
      return false;
    }
    String type = given.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "application/x-ndjson", "application/ndjson", "application/jsonl" -> true;
      case "", "application/json", "application/x-www-form-urlencoded", "text/plain" -> false;
      default -> {
        if (type.endsWith("+json")) {
          yield false;
        }
        throw new ProblemException(Problem.unsupportedMediaType(type));
      }
    };
  }

  private static @Nullable String idempotencyKey(Context ctx) {
    String key = ctx.header("Idempotency-Key");
    if (key == null || key.isBlank()) {
      return null;
    }
    if (key.length() > IDEMPOTENCY_KEY_CHARS_MAX) {
      throw new ProblemException(Problem.invalidParameter(
          "Idempotency-Key", "Idempotency-Key has at most 200 characters."));
    }
    return key;
  }
}
