package io.conductore.query;

import io.conductore.query.admit.AdmitDoor;
import io.conductore.query.claim.ClaimDoor;
import io.conductore.query.door.EventAppender;
import io.conductore.query.door.EventDoor;
import io.conductore.query.door.FeedAppender;
import io.conductore.query.github.GithubDoor;
import io.conductore.query.github.WebhookSecret;
import io.conductore.query.http.WaitingRoom;
import io.conductore.query.otlp.OtlpDoor;
import io.conductore.query.read.PositionGate;
import io.conductore.query.read.Questions;
import io.conductore.query.read.StoreReader;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.head.EventCodecs;
import io.conductore.topology.otlp.TelemetryNames;
import io.conductore.topology.price.PriceTable;
import io.conductore.topology.runtime.StreamsRuntime;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What stands behind the routes once the application runs. */
public record Backbone(
    StreamsRuntime runtime,
    EventDoor door,
    Questions questions,
    PositionGate gate,
    FeedAppender feeds,
    ClaimDoor claims,
    AdmitDoor admissions,
    Supplier<BudgetLimits> limits,
    OtlpDoor telemetry,
    GithubDoor github,
    WaitingRoom inboxes) {
  /** Open streams and waiting requests of inboxes, one for each agent and some to spare. */
  private static final int INBOX_READERS_MAX = 2_000;

  /** The parts that the routes are made of. */
  public record Parts(
      StreamsRuntime runtime,
      EventCodecs codecs,
      EventAppender appender,
      FeedAppender feeds,
      Supplier<BudgetLimits> limits,
      PriceTable prices,
      TelemetryNames telemetry,
      Optional<WebhookSecret> github) {}

  public static Backbone of(Parts parts, InstantSource clock) {
    PositionGate gate = new PositionGate(parts.runtime().progress());
    StoreReader reader = new StoreReader(parts.runtime());
    Questions questions = new Questions(reader, parts.codecs());
    ClaimDoor claims = new ClaimDoor(parts.feeds(), reader, gate, clock);
    EventDoor door = new EventDoor(parts.appender(), parts.prices(), gate, questions, clock);
    OtlpDoor telemetry = new OtlpDoor(parts.appender(), parts.prices(), parts.telemetry(), clock);
    return new Backbone(
        parts.runtime(),
        door,
        questions,
        gate,
        parts.feeds(),
        claims,
        new AdmitDoor(parts.feeds(), reader, gate, parts.prices(), clock),
        parts.limits(),
        telemetry,
        new GithubDoor(parts.github(), parts.appender(), questions, clock),
        new WaitingRoom(INBOX_READERS_MAX));
  }
}
