package io.conductore.query.door;

import io.conductore.query.read.PositionToken;
import io.conductore.schemas.CloudEventHeaders;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.Topics;
import io.conductore.topology.head.EventCodecs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Appends events to the logs, acks=all. One event goes through an idempotent producer; several go
 * through a transaction, so that a reader sees all of a request or none. Thread-safe.
 */
public final class EventAppender implements AutoCloseable {
  static final Duration ACK_MAX = Duration.ofSeconds(10);
  private static final Duration CLOSE_MAX = Duration.ofMillis(500);

  private final EventCodecs codecs;
  private final KafkaProducer<byte[], byte[]> single;
  private final TransactionPool transactions;

  /**
   * @param instanceId stable over restarts, so that a restart ends what its earlier life left open
   */
  public EventAppender(String bootstrapServers, String instanceId, EventCodecs codecs) {
    this.codecs = codecs;
    this.single = new KafkaProducer<>(settings(bootstrapServers));
    this.transactions = new TransactionPool(settings(bootstrapServers), instanceId);
  }

  public AppendOutcome append(List<LogEvent> events) {
    List<ProducerRecord<byte[], byte[]>> records =
        events.stream().map(this::record).toList();
    if (records.stream().anyMatch(record -> record.value().length > Topics.RECORD_BYTES_MAX)) {
      return new AppendOutcome.TooLarge();
    }
    return records.size() == 1 ? one(events, records.getFirst()) : all(events, records);
  }

  @Override
  public void close() {
    single.close(CLOSE_MAX);
    transactions.close(CLOSE_MAX);
  }

  private AppendOutcome one(List<LogEvent> events, ProducerRecord<byte[], byte[]> record) {
    try {
      Future<RecordMetadata> ack = single.send(record);
      return new AppendOutcome.Appended(position(events, List.of(await(ack))));
    } catch (KafkaException refused) {
      return outcome(refused);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new AppendOutcome.Unacknowledged("stopping");
    }
  }

  private AppendOutcome all(List<LogEvent> events, List<ProducerRecord<byte[], byte[]>> records) {
    try {
      return switch (transactions.run(records)) {
        case TransactionPool.Outcome.Committed(List<RecordMetadata> places) ->
          new AppendOutcome.Appended(position(events, places));
        case TransactionPool.Outcome.Aborted(KafkaException why) -> outcome(why);
        case TransactionPool.Outcome.Busy busy ->
          new AppendOutcome.Unacknowledged("too many batches at once");
      };
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new AppendOutcome.Unacknowledged("stopping");
    }
  }

  private static AppendOutcome outcome(KafkaException error) {
    return error instanceof RecordTooLargeException
        ? new AppendOutcome.TooLarge()
        : new AppendOutcome.Unacknowledged("the broker did not acknowledge the append");
  }

  static RecordMetadata await(Future<RecordMetadata> ack) throws InterruptedException {
    try {
      return ack.get(ACK_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof KafkaException kafka
          ? kafka
          : new KafkaException(failed.getCause());
    } catch (TimeoutException late) {
      throw new org.apache.kafka.common.errors.TimeoutException("no acknowledgement in time", late);
    }
  }

  private ProducerRecord<byte[], byte[]> record(LogEvent event) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
        event.log().topic(), event.key().getBytes(StandardCharsets.UTF_8), codecs.encode(event));
    CloudEventHeaders.of(event).forEach(record.headers()::add);
    return record;
  }

  private static PositionToken position(List<LogEvent> events, List<RecordMetadata> places) {
    Map<PositionToken.Place, Long> next = new HashMap<>();
    for (int i = 0; i < places.size(); i++) {
      RecordMetadata place = places.get(i);
      next.merge(
          new PositionToken.Place(events.get(i).log().feed(), place.partition()),
          place.offset() + 1,
          Math::max);
    }
    return new PositionToken(next);
  }

  static Map<String, Object> settings(String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A caller waits for each ack; while one batch is under way the next one gathers anyway.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.RECORD_BYTES_MAX);
    int deliveryMs = (int) ACK_MAX.toMillis();
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, deliveryMs / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMs);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) deliveryMs / 2);
    return settings;
  }

  /** Sends all and returns their acknowledgements' futures, in order. */
  static List<Future<RecordMetadata>> send(
      KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> acks = new ArrayList<>(records.size());
    records.forEach(record -> acks.add(producer.send(record)));
    return acks;
  }
}
