package io.conductore.bench.fold;

import io.conductore.bench.peer.BareFold;
import io.conductore.schemas.Log;
import io.conductore.topology.runtime.RocksDbLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/**
 * The bare fold with the product's settings: exactly once, two threads, no cache, the same batches
 * and memory.
 */
final class BareApplication implements FoldApplication {
  static final int THREADS = 2;
  private static final String GROUP = "bare-fold";
  private static final int COMMIT_INTERVAL_MS = 100;
  private static final int POLL_RECORDS_MAX = 2_000;
  private static final int PRODUCER_BATCH_BYTES = 128 * 1024;
  private static final int PRODUCER_LINGER_MS = 20;
  private static final Duration CLOSE_MAX = Duration.ofSeconds(30);

  private final KafkaStreams streams;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  BareApplication(String bootstrap, Path stateFolder) {
    streams =
        new KafkaStreams(BareFold.over(Log.ACTIVITY.topic()), settings(bootstrap, stateFolder));
    streams.setUncaughtExceptionHandler(error -> {
      failure.set(error);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    });
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public void start() {
    streams.start();
  }

  @Override
  public boolean running() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public void close() {
    streams.close(CLOSE_MAX);
  }

  private static Properties settings(String bootstrap, Path stateFolder) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, GROUP);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
    settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, POLL_RECORDS_MAX);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbLimits.class);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLL_RECORDS_MAX);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH_BYTES);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), PRODUCER_LINGER_MS);
    return settings;
  }
}
