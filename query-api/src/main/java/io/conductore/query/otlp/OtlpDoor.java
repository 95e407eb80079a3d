package io.conductore.query.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.query.auth.Caller;
import io.conductore.query.auth.EventRights;
import io.conductore.query.auth.Visit;
import io.conductore.query.door.AppendOutcome;
import io.conductore.query.door.DoorLimits;
import io.conductore.query.door.EventAppender;
import io.conductore.query.http.Body;
import io.conductore.query.http.ProblemException;
import io.conductore.query.read.PositionToken;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.flat.FieldError;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.topology.otlp.OtlpJson;
import io.conductore.topology.otlp.OtlpKind;
import io.conductore.topology.otlp.OtlpProtobuf;
import io.conductore.topology.otlp.OtlpReading;
import io.conductore.topology.otlp.Signal;
import io.conductore.topology.otlp.TelemetryEvents;
import io.conductore.topology.otlp.TelemetryNames;
import io.conductore.topology.price.PriceTable;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * POST /v1/logs, /v1/metrics and /v1/traces: what an exporter sends becomes events on rig.activity.
 * Their ids come from what they tell of, so a repeated export adds nothing. Unknown telemetry is
 * counted and dropped, never an error.
 */
public final class OtlpDoor {
  private static final String SOURCE = "otlp";
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final int BAD_REQUEST = 400;
  private static final int UNSUPPORTED = 415;
  private static final int UNAVAILABLE = 503;

  private final EventAppender appender;
  private final PriceTable prices;
  private final TelemetryEvents telemetry;
  private final InstantSource clock;

  /** The events of an export, and what of it was no event. */
  private static final class Sorted {
    private final List<LogEvent> events = new ArrayList<>();
    private long unknown;
    private long rejected;
    private String why = "";
  }

  private record Export(Context ctx, OtlpKind kind, boolean json, MeterRegistry metrics) {
    void count(String outcome, long items) {
      metrics
          .counter("rig.otlp.items", "signal", kind.topic(), "outcome", outcome)
          .increment((double) items);
    }
  }

  public OtlpDoor(
      EventAppender appender, PriceTable prices, TelemetryNames names, InstantSource clock) {
    this.appender = appender;
    this.prices = prices;
    this.telemetry = new TelemetryEvents(names);
    this.clock = clock;
  }

  /** Answers an export; counts its items by outcome. */
  public void post(Context ctx, OtlpKind kind, MeterRegistry metrics) {
    Optional<Boolean> json = OtlpBody.isJson(ctx.contentType());
    if (json.isEmpty()) {
      String types = "OTLP/HTTP is application/x-protobuf or application/json";
      OtlpAnswers.refused(ctx, true, UNSUPPORTED, types, null);
      return;
    }
    switch (body(ctx)) {
      case OtlpBody.Refused(int status, String why) ->
        OtlpAnswers.refused(ctx, json.get(), status, why, null);
      case OtlpBody.Whole whole ->
        answer(
            new Export(ctx, kind, json.get(), metrics),
            json.get()
                ? OtlpJson.read(kind, whole.bytes())
                : OtlpProtobuf.read(kind, whole.bytes()));
    }
  }

  private static OtlpBody body(Context ctx) {
    try {
      return OtlpBody.of(Body.read(ctx), ctx.header("Content-Encoding"));
    } catch (ProblemException refused) {
      return new OtlpBody.Refused(refused.problem().status(), refused.problem().detail());
    }
  }

  private void answer(Export export, OtlpReading reading) {
    switch (reading) {
      case OtlpReading.Malformed(String why) ->
        OtlpAnswers.refused(export.ctx(), export.json(), BAD_REQUEST, why, null);
      case OtlpReading.Read(List<Signal> signals) -> {
        Visit visit = Visit.of(export.ctx());
        Sorted sorted = sort(signals, visit.caller());
        visit.countMore(sorted.events.size() - 1);
        Optional<String> failure = append(sorted.events);
        if (failure.isPresent()) {
          OtlpAnswers.refused(export.ctx(), export.json(), UNAVAILABLE, failure.get(), RETRY);
        } else {
          export.count("event", sorted.events.size());
          export.count("unknown", sorted.unknown);
          export.count("rejected", sorted.rejected);
          OtlpAnswers.accepted(
              export.ctx(), export.kind(), export.json(), sorted.rejected, sorted.why);
        }
      }
    }
  }

  private Sorted sort(List<Signal> signals, Caller caller) {
    Sorted sorted = new Sorted();
    for (Signal signal : signals) {
      List<ObjectNode> told = telemetry.of(signal);
      if (told.isEmpty()) {
        sorted.unknown++;
      }
      told.forEach(event -> read(event, sorted, caller));
    }
    return sorted;
  }

  private void read(ObjectNode event, Sorted sorted, Caller caller) {
    Reading reading = new Reading(clock.millis(), () -> UUID.randomUUID().toString(), SOURCE);
    switch (FlatReader.read(event, reading)) {
      case FlatOutcome.Accepted accepted -> {
        Optional<String> objection = EventRights.objection(caller, accepted.event());
        if (objection.isPresent()) {
          sorted.rejected++;
          sorted.why = objection.get();
        } else {
          prices.stamp(accepted.event());
          sorted.events.add(accepted.event());
        }
      }
      case FlatOutcome.Refused(List<FieldError> wrong) -> {
        sorted.rejected++;
        sorted.why = wrong.getFirst().detail();
      }
    }
  }

  /** Batch by batch; a failure in the middle is safe, for the exporter sends all of it again. */
  private Optional<String> append(List<LogEvent> events) {
    for (int from = 0; from < events.size(); from += DoorLimits.EVENTS_MAX) {
      int to = Math.min(events.size(), from + DoorLimits.EVENTS_MAX);
      switch (appender.append(events.subList(from, to))) {
        case AppendOutcome.Appended(PositionToken position) -> {
          // The exporter asks nothing of it.
        }
        case AppendOutcome.TooLarge tooLarge -> {
          return Optional.of("an event is larger than the log takes");
        }
        case AppendOutcome.Unacknowledged(String why) -> {
          return Optional.of(why);
        }
      }
    }
    return Optional.empty();
  }
}
