package io.conductore.topology.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.flat.FieldError;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.topology.head.EventCodecs;
import io.conductore.topology.otlp.OtlpKind;
import io.conductore.topology.otlp.OtlpReading;
import io.conductore.topology.otlp.Signal;
import io.conductore.topology.otlp.TelemetryEvents;
import io.conductore.topology.price.PriceTable;
import java.util.Map;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an OpenTelemetry Collector's Kafka exporter writes: a record is an export, protobuf
 * (otlp_proto) or JSON (otlp_json), and the topic says of what. The translation is that of the HTTP
 * door, so one item through both is one event. Unknown telemetry is counted and dropped; a record
 * that is no export, or of which an event was refused, is a dead letter, and its good events count
 * all the same.
 */
public final class OtlpProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final String SOURCE = "otlp";
  private static final String STAGE = "otlp";

  private final EventCodecs codecs;
  private final PriceTable prices;
  private final TelemetryEvents telemetry;
  private final IntakeOutlet.Nodes nodes;
  private @Nullable Life life;

  /** What lives as long as the task is assigned here. */
  private record Life(
      ProcessorContext<byte[], byte[]> context,
      IntakeOutlet outlet,
      Sensor events,
      Sensor unknown,
      Sensor rejected) {}

  /** What of an export was no event. */
  private static final class Refusals {
    private int count;
    private String first = "";

    private void add(FieldError error) {
      if (count++ == 0) {
        first = error.detail();
      }
    }
  }

  /** @param activityNode and the other the nodes downstream */
  public OtlpProcessor(
      EventCodecs codecs,
      PriceTable prices,
      TelemetryEvents telemetry,
      String activityNode,
      String deadLetterNode) {
    this.codecs = codecs;
    this.prices = prices;
    this.telemetry = telemetry;
    this.nodes = new IntakeOutlet.Nodes(Map.of(Log.ACTIVITY, activityNode), deadLetterNode);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    life = new Life(
        context,
        new IntakeOutlet(context, codecs, prices, nodes),
        sensor(context.metrics(), "otlp-events"),
        sensor(context.metrics(), "otlp-unknown"),
        sensor(context.metrics(), "otlp-rejected"));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      life().outlet().dead(record, "a record of this topic needs a value");
      return;
    }
    switch (OtlpReading.ofEither(kind(), value)) {
      case OtlpReading.Malformed(String why) -> life().outlet().dead(record, why);
      case OtlpReading.Read(var signals) -> {
        Refusals refusals = new Refusals();
        signals.forEach(signal -> tell(record, signal, refusals));
        if (refusals.count > 0) {
          String why = "%d of its events refused, the first because %s"
              .formatted(refusals.count, refusals.first);
          life().outlet().dead(record, why);
        }
      }
    }
  }

  private void tell(Record<byte[], byte[]> record, Signal signal, Refusals refusals) {
    var told = telemetry.of(signal);
    if (told.isEmpty()) {
      life().unknown().record();
    }
    for (ObjectNode event : told) {
      switch (FlatReader.read(event, reading(record))) {
        case FlatOutcome.Accepted(LogEvent accepted, boolean clamped) -> {
          life().outlet().event(record, accepted);
          life().events().record();
        }
        case FlatOutcome.Refused(var errors) -> {
          refusals.add(errors.getFirst());
          life().rejected().record();
        }
      }
    }
  }

  private Reading reading(Record<byte[], byte[]> record) {
    IntakeOutlet outlet = life().outlet();
    return new Reading(outlet.recordedAtMs(record), outlet::idFromPlace, SOURCE);
  }

  private OtlpKind kind() {
    RecordMetadata place = life().context().recordMetadata().orElseThrow();
    return OtlpKind.ofTopic(place.topic());
  }

  /** By thread, not by task: see StageCounters. */
  private static Sensor sensor(StreamsMetrics metrics, String operation) {
    return metrics.addRateTotalSensor("stage", STAGE, operation, Sensor.RecordingLevel.INFO);
  }

  private Life life() {
    Life now = life;
    if (now == null) {
      throw new IllegalStateException("not initialised");
    }
    return now;
  }
}
