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

  /** Events per second from the first send to the last acknowledgement. */
  public double load(EncodedLog log) {
    return load(log, sent -> {});
  }

  /** The same, but asks before each event whether to wait; it is told how many are sent. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of a failure
  public double load(EncodedLog log, LongConsumer pace) {
    AtomicReference<@Nullable Exception> refused = new AtomicReference<>();
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.partitionsFor(log.record(0).topic());
      long startNanos = System.nanoTime();
      for (int i = 0; i < log.count(); i++) {
        pace.accept(i);
        producer.send(log.record(i), (metadata, error) -> {
          if (error != null) {
            refused.set(error);
          }
        });
      }
      producer.flush();
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      Exception error = refused.get();
      if (error != null) {
        throw new IllegalStateException("the broker did not take the whole log", error);
      }
      return log.count() / seconds;
    }
  }
}
