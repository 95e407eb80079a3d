package io.conductore.topology.runtime;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How this instance runs.
 *
 * @param instanceId stable over restarts: static membership makes a restart cost two seconds, not a
 *     session timeout (reliability.md, F5)
 * @param overrides last word on any Streams setting
 */
public record StreamsSettings(
    String bootstrapServers,
    String applicationId,
    String instanceId,
    Path stateDir,
    int threads,
    short replication,
    Map<String, Object> overrides) {
  public static final String APPLICATION_ID = "conductor-e";
  public static final int THREADS_DEFAULT = 2;
  private static final int SESSION_TIMEOUT_MS = 15_000;
  private static final int COMMIT_INTERVAL_MS = 100;
  private static final int POLL_RECORDS_MAX = 2_000;
  private static final int PRODUCER_BATCH_BYTES = 128 * 1024;
  private static final int PRODUCER_LINGER_MS = 20;
  private static final long PRODUCER_BUFFER_BYTES = 32L * 1024 * 1024;
  private static final int PARTITION_BUFFER_RECORDS = 2_000;

  public StreamsSettings {
    overrides = Map.copyOf(overrides);
  }

  /** One instance on one machine with one broker. */
  public static StreamsSettings single(String bootstrapServers, Path stateDir) {
    return new StreamsSettings(
        bootstrapServers,
        APPLICATION_ID,
        "conductor-e-0",
        stateDir,
        THREADS_DEFAULT,
        (short) 1,
        Map.of());
  }

  Properties toProperties() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) replication);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
    // Not "streams": interactive queries then name wrong partitions during a rebalance (F3).
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbLimits.class);
    settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, PARTITION_BUFFER_RECORDS);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLL_RECORDS_MAX);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH_BYTES);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), PRODUCER_LINGER_MS);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), PRODUCER_BUFFER_BYTES);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        2 * io.conductore.schemas.Topics.RECORD_BYTES_MAX);
    settings.putAll(overrides);
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }
}
