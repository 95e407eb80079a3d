package io.conductore.topology.head;

import io.conductore.schemas.Log;
import io.conductore.schemas.flat.FlatLimits;
import io.conductore.schemas.registry.AvroCodec;
import io.conductore.schemas.registry.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The head of one log in the graph: decodes, drops duplicates, hands the rest to the stage, and
 * dead-letters what cannot be processed with its bytes as they came. No record stops the stream.
 */
public final class LogProcessor<E extends SpecificRecord>
    implements Processor<byte[], byte[], byte[], byte[]> {

  /** The names of the stores and of the nodes downstream, a sink for each topic. */
  public record Wiring(
      String ids, String streams, Map<String, String> nodeByTopic, String deadLetters) {
    public Wiring {
      nodeByTopic = Map.copyOf(nodeByTopic);
    }
  }

  private final Stage<E> stage;
  private final AvroCodec<E> codec;
  private final EventCodecs codecs;
  private final HeadConfig config;
  private final Wiring wiring;

  private @Nullable Life life;

  /** What lives as long as the task is assigned here. */
  private record Life(
      ProcessorContext<byte[], byte[]> context,
      LogHead head,
      DeadLetters deadLetters,
      Progress.Pen progress,
      StageCounters counters) {}

  public LogProcessor(
      Stage<E> stage, AvroCodec<E> codec, EventCodecs codecs, HeadConfig config, Wiring wiring) {
    this.stage = stage;
    this.codec = codec;
    this.codecs = codecs;
    this.config = config;
    this.wiring = wiring;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    KeyValueStore<byte[], SeenId> ids = context.getStateStore(wiring.ids());
    KeyValueStore<StreamKey, byte[]> streams = context.getStateStore(wiring.streams());
    Log log = stage.log();
    StageCounters counters = new StageCounters(context.metrics(), log.feed());
    life = new Life(
        context,
        new LogHead(
            ids,
            streams,
            config.dedupWindow(),
            config.streamEntriesMax(),
            context::currentSystemTimeMs),
        new DeadLetters(context, wiring.deadLetters()),
        config.progress().open(log.topic(), context.taskId().partition()),
        counters);
    stage.open(context, new Handover(context, codecs, wiring.nodeByTopic(), counters::derived));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Life now = life();
    byte[] value = record.value();
    if (value == null) {
      dead(record, "a record of this log needs a value");
    } else {
      switch (codec.decode(value, config.schemaWait())) {
        case Decoded.Value<E>(E event) -> arrived(record, event);
        case Decoded.Malformed<E>(String reason) -> dead(record, reason);
        case Decoded.UnknownSchema<E>(int id, String why) ->
          dead(record, "schema id " + id + " is unknown: " + why);
        case Decoded.RegistryAway<E>(int id, String why, var retryAfter) ->
          dead(record, "schema id " + id + " could not be asked for: " + why);
      }
    }
    now.context().recordMetadata().map(RecordMetadata::offset).ifPresent(now.progress()::folded);
  }

  @Override
  public void close() {
    Life ended = life;
    if (ended != null) {
      config.progress().close(stage.log().topic(), ended.context().taskId().partition());
      life = null;
    }
  }

  private void arrived(Record<byte[], byte[]> record, E event) {
    Stage.Arrival arrival = stage.arrival(event);
    if (!keyNames(record.key(), arrival.streamId())) {
      dead(record, "the key must be the stream, " + arrival.streamId().length() + " characters");
      return;
    }
    if (arrival.streamId().length() > FlatLimits.STREAM_ID_CHARS_MAX) {
      dead(record, "a stream's id has at most " + FlatLimits.STREAM_ID_CHARS_MAX + " characters");
      return;
    }
    byte[] idKey = EventIdKey.of(arrival.eventId());
    if (life().head().isDuplicate(idKey)) {
      life().counters().duplicate();
      return;
    }
    try {
      stage.fold(event, idKey, record.value(), life().head());
    } catch (EventRefused refused) {
      dead(record, refused.reason());
    }
  }

  /** A key that names another stream would put an event on a partition that does not own it. */
  private static boolean keyNames(byte @Nullable [] key, String streamId) {
    return key != null
        && streamId.indexOf('\0') < 0
        && java.util.Arrays.equals(key, streamId.getBytes(StandardCharsets.UTF_8));
  }

  private void dead(Record<byte[], byte[]> record, String why) {
    life().counters().deadLetter();
    life().deadLetters().send(record, why);
  }

  private Life life() {
    Life now = life;
    if (now == null) {
      throw new IllegalStateException("not initialised");
    }
    return now;
  }
}
