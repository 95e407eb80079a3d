package io.conductore.topology.head;

import io.conductore.topology.handoff.Handoff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The head of a feed in the graph: decodes and hands to the stage, and dead-letters what cannot be
 * processed with its bytes as they came. There is no removal of duplicates: stages write in
 * transactions, and what the API writes carries an id that its stage knows.
 */
public final class FeedProcessor<R> implements Processor<byte[], byte[], byte[], byte[]> {

  /** The nodes downstream: a sink for each topic, and the dead letters. */
  public record Wiring(Map<String, String> nodeByTopic, String deadLetters) {
    public Wiring {
      nodeByTopic = Map.copyOf(nodeByTopic);
    }
  }

  private final FeedStage<R> stage;
  private final EventCodecs codecs;
  private final HeadConfig config;
  private final Wiring wiring;

  private @Nullable Life life;

  private record Life(
      ProcessorContext<byte[], byte[]> context,
      DeadLetters deadLetters,
      Progress.Pen progress,
      StageCounters counters) {}

  public FeedProcessor(FeedStage<R> stage, EventCodecs codecs, HeadConfig config, Wiring wiring) {
    this.stage = stage;
    this.codecs = codecs;
    this.config = config;
    this.wiring = wiring;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    StageCounters counters = new StageCounters(context.metrics(), stage.feed());
    life = new Life(
        context,
        new DeadLetters(context, wiring.deadLetters()),
        config.progress().open(stage.feed().topic(), context.taskId().partition()),
        counters);
    stage.open(context, new Handover(context, codecs, wiring.nodeByTopic(), counters::derived));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Life now = life();
    RecordMetadata source = now.context().recordMetadata().orElseThrow();
    byte[] key = record.key();
    byte[] value = record.value();
    if (key == null || value == null) {
      dead(record, "a record of this topic needs a key and a value");
    } else {
      fold(
          record,
          new FeedStage.Place(
              new String(key, StandardCharsets.UTF_8),
              source.partition(),
              source.offset(),
              record.timestamp()));
    }
    now.progress().folded(source.offset());
  }

  @Override
  public void close() {
    Life ended = life;
    if (ended != null) {
      config.progress().close(stage.feed().topic(), ended.context().taskId().partition());
      life = null;
    }
  }

  private void fold(Record<byte[], byte[]> record, FeedStage.Place place) {
    R decoded;
    try {
      decoded = Handoff.read(record.value(), stage.type());
    } catch (IOException malformed) {
      dead(record, String.valueOf(malformed.getMessage()));
      return;
    }
    try {
      stage.fold(decoded, place);
    } catch (EventRefused refused) {
      dead(record, refused.reason());
    }
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
