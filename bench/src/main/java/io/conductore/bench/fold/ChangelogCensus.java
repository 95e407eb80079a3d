package io.conductore.bench.fold;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What is in the changelogs: the store writes that the application really made, by store. Read soon
 * after the writes, before the broker compacts anything.
 */
record ChangelogCensus(Map<String, Store> stores) {
  private static final String SUFFIX = "-changelog";
  private static final Duration POLL = Duration.ofMillis(200);

  /** One store's changelog. */
  record Store(long writes, long bytes) {
    private Store plus(int recordBytes) {
      return new Store(writes + 1, bytes + recordBytes);
    }

    double meanBytes() {
      return writes == 0 ? 0 : (double) bytes / writes;
    }
  }

  /** Stores that nothing was written to are left out. */
  static ChangelogCensus take(FreshBroker broker, String group)
      throws InterruptedException, ExecutionException {
    Set<String> topics = broker.admin().listTopics().names().get();
    Map<String, Store> stores = new TreeMap<>();
    for (String topic : topics) {
      if (topic.startsWith(group + "-") && topic.endsWith(SUFFIX)) {
        String store = topic.substring(group.length() + 1, topic.length() - SUFFIX.length());
        stores.put(store, count(broker, topic));
      }
    }
    stores.values().removeIf(store -> store.writes() == 0);
    return new ChangelogCensus(stores);
  }

  long writes() {
    return stores.values().stream().mapToLong(Store::writes).sum();
  }

  long bytes() {
    return stores.values().stream().mapToLong(Store::bytes).sum();
  }

  private static Store count(FreshBroker broker, String topic) {
    Map<String, Object> config = Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        broker.bootstrap(),
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT));
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
          .map(partition -> new TopicPartition(topic, partition.partition()))
          .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      Store counted = new Store(0, 0);
      while (!atEnd(consumer, end)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          counted = counted.plus(
              Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize()));
        }
      }
      return counted;
    }
  }

  private static boolean atEnd(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> end) {
    Collection<Map.Entry<TopicPartition, Long>> ends = end.entrySet();
    return ends.stream().allMatch(place -> consumer.position(place.getKey()) >= place.getValue());
  }
}
