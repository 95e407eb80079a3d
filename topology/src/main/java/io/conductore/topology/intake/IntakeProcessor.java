package io.conductore.topology.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.Topics;
import io.conductore.schemas.flat.FieldError;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.topology.head.EventCodecs;
import io.conductore.topology.price.PriceTable;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads one flat JSON event a record. An event without an id gets one from its place in the topic,
 * so that a second delivery is a duplicate; its recorded time is the record's, where that can be
 * right.
 */
public final class IntakeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final String SOURCE = "rig.ingress";
  private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build())
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build()
      .reader();

  private final EventCodecs codecs;
  private final PriceTable prices;
  private final IntakeOutlet.Nodes nodes;
  private @Nullable Life life;

  /** The nodes downstream. */
  public record Nodes(String activity, String lifecycle, String deadLetters) {}

  /**
   * What lives as long as the task is assigned here.
   *
   * @param clamped counts the events whose own time could not be right
   */
  private record Life(IntakeOutlet outlet, Sensor clamped) {}

  public IntakeProcessor(EventCodecs codecs, PriceTable prices, Nodes nodes) {
    this.codecs = codecs;
    this.prices = prices;
    this.nodes = new IntakeOutlet.Nodes(
        Map.of(Log.ACTIVITY, nodes.activity(), Log.LIFECYCLE, nodes.lifecycle()),
        nodes.deadLetters());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    // By thread, not by task: see StageCounters.
    Sensor clamped = context
        .metrics()
        .addRateTotalSensor("stage", "intake", "events-clamped", Sensor.RecordingLevel.INFO);
    life = new Life(new IntakeOutlet(context, codecs, prices, nodes), clamped);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.value() != null && record.value().length > Topics.INGRESS_BYTES_MAX) {
      dead(record, "an event has at most " + Topics.INGRESS_BYTES_MAX + " bytes");
      return;
    }
    JsonNode json;
    try {
      json = record.value() == null ? null : JSON.readTree(record.value());
    } catch (IOException notJson) {
      dead(record, "the value is not one JSON object");
      return;
    }
    if (json == null) {
      dead(record, "a record of this topic needs a value");
      return;
    }
    switch (FlatReader.read(json, reading(record))) {
      case FlatOutcome.Accepted(LogEvent event, boolean clamped) -> {
        if (clamped) {
          life().clamped().record();
        }
        life().outlet().event(record, event);
      }
      case FlatOutcome.Refused(var errors) ->
        dead(record, errors.stream().map(FieldError::detail).collect(Collectors.joining(" ")));
    }
  }

  private Reading reading(Record<byte[], byte[]> record) {
    IntakeOutlet outlet = life().outlet();
    return new Reading(outlet.recordedAtMs(record), outlet::idFromPlace, SOURCE);
  }

  private void dead(Record<byte[], byte[]> record, String why) {
    life().outlet().dead(record, why);
  }

  private Life life() {
    Life now = life;
    if (now == null) {
      throw new IllegalStateException("not initialised");
    }
    return now;
  }
}
