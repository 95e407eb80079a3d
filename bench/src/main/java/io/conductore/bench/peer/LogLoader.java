package io.conductore.bench.peer;

import io.conductore.bench.mix.EncodedLog;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a prepared log as fast as the broker takes it: the raw producer rate and the load of a
 * fold.
 */
public final class LogLoader {
  public static final String COMPRESSION = "none";

  /**
   * One batch for each partition, acknowledged before the next: when the first batch of a new
   * partition meets a leader that is not ready, the broker takes the second one in its place, and
   * the first one never.
   */
  private static final int OPENING_EVENTS = 200;

  private static final int LINGER_MS = 5;
  private static final int BATCH_BYTES = 131_072;
  private static final long BUFFER_BYTES = 64L << 20;

  private final Map<String, Object> config;

  public LogLoader(String bootstrap) {
    config = Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
        ProducerConfig.ACKS_CONFIG, "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
        ProducerConfig.LINGER_MS_CONFIG, LINGER_MS,
        ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES,
        ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES,
        ProducerConfig.COMPRESSION_TYPE_CONFIG, COMPRESSION);
  }

  /** Events per second from the first send after the opening to the last acknowledgement. */
  public double load(EncodedLog log) {
    return load(log, sent -> {});
  }

  /** The same, but asks before each event whether to wait; it is told how many are sent. */
  public double load(EncodedLog log, LongConsumer pace) {
    AtomicReference<@Nullable Exception> refused = new AtomicReference<>();
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      int opening = Math.min(OPENING_EVENTS, log.count());
      send(producer, log, 0, opening, pace, refused);
      long startNanos = System.nanoTime();
      send(producer, log, opening, log.count(), pace, refused);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      Exception error = refused.get();
      if (error != null) {
        throw new IllegalStateException("the broker did not take the whole log", error);
      }
      return (log.count() - opening) / seconds;
    }
  }

  /** Returns when all are acknowledged or refused. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of a failure
  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      EncodedLog log,
      int from,
      int to,
      LongConsumer pace,
      AtomicReference<@Nullable Exception> refused) {
    for (int i = from; i < to; i++) {
      pace.accept(i);
      producer.send(log.record(i), (metadata, error) -> {
        if (error != null) {
          refused.set(error);
        }
      });
    }
    producer.flush();
  }
}
