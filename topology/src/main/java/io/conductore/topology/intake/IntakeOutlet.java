package io.conductore.topology.intake;

import io.conductore.schemas.CloudEventHeaders;
import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.flat.FlatLimits;
import io.conductore.topology.head.DeadLetters;
import io.conductore.topology.head.EventCodecs;
import io.conductore.topology.head.EventIdKey;
import io.conductore.topology.price.PriceTable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** How a record leaves INTAKE: as events on their logs, or whole to the dead letters. */
final class IntakeOutlet {
  private final ProcessorContext<byte[], byte[]> context;
  private final EventCodecs codecs;
  private final PriceTable prices;
  private final Nodes nodes;
  private final DeadLetters deadLetters;

  /** The nodes downstream. */
  record Nodes(Map<Log, String> byLog, String deadLetters) {
    Nodes {
      byLog = Map.copyOf(byLog);
    }
  }

  IntakeOutlet(
      ProcessorContext<byte[], byte[]> context,
      EventCodecs codecs,
      PriceTable prices,
      Nodes nodes) {
    this.context = context;
    this.codecs = codecs;
    this.prices = prices;
    this.nodes = nodes;
    this.deadLetters = new DeadLetters(context, nodes.deadLetters());
  }

  /**
   * When it arrived. A topic that keeps the client's timestamps keeps those of wrong clocks, by
   * which others would be clamped.
   */
  long recordedAtMs(Record<byte[], byte[]> record) {
    long nowMs = context.currentSystemTimeMs();
    boolean plausible =
        record.timestamp() >= FlatLimits.OCCURRED_AT_MS_MIN && record.timestamp() <= nowMs;
    return plausible ? record.timestamp() : nowMs;
  }

  /** For an event that has none of its own: a second delivery gets the same one. */
  String idFromPlace() {
    RecordMetadata place = context.recordMetadata().orElseThrow();
    return EventIdKey.derived(place.topic() + "-" + place.partition() + "-" + place.offset());
  }

  void event(Record<byte[], byte[]> record, LogEvent event) {
    String node = nodes.byLog().get(event.log());
    if (node == null) {
      throw new IllegalStateException("no way to " + event.log());
    }
    prices.stamp(event);
    Headers headers = new RecordHeaders();
    CloudEventHeaders.of(event).forEach(headers::add);
    byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
    context.forward(new Record<>(key, codecs.encode(event), record.timestamp(), headers), node);
  }

  void dead(Record<byte[], byte[]> record, String why) {
    deadLetters.send(record, why);
  }
}
