package io.conductore.embedded.dlq;

import io.conductore.schemas.Topics;
import io.conductore.topology.head.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The dead letter topics of one cluster. Not thread-safe; one command uses one. */
public final class DeadLetterBox implements AutoCloseable {
  /** Marks a record that came back from the dead letters, with the place that it lay at. */
  public static final String REPLAYED_FROM = "rig.replayed-from";

  private static final Set<String> OURS =
      Set.of(DeadLetters.REASON, DeadLetters.TOPIC, DeadLetters.PARTITION, DeadLetters.OFFSET);
  private static final String REPLAY_GROUP = "rig-dlq-replay";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int API_MS_MAX = 10_000;

  private final String bootstrapServers;
  private final KafkaConsumer<byte[], byte[]> consumer;

  public DeadLetterBox(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.consumer = new KafkaConsumer<>(Map.of(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
        API_MS_MAX,
        ConsumerConfig.GROUP_ID_CONFIG,
        REPLAY_GROUP,
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed",
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest",
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class));
  }

  /** The dead letter topics by the table. */
  public static List<String> topics() {
    return Topics.all().stream()
        .map(spec -> spec.name())
        .filter(name -> name.startsWith("rig.dlq."))
        .toList();
  }

  /** Every letter of these topics up to now, oldest first in each. */
  public void forEach(List<String> topics, Consumer<DeadLetter> reader) {
    List<TopicPartition> partitions = partitions(topics);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    read(partitions, reader);
  }

  public Optional<DeadLetter> find(String topic, long offset) {
    List<TopicPartition> partitions = partitions(List.of(topic));
    consumer.assign(partitions);
    List<DeadLetter> found = new ArrayList<>();
    partitions.forEach(partition -> consumer.seek(partition, offset));
    long end = consumer.endOffsets(partitions).getOrDefault(partitions.getFirst(), 0L);
    if (offset < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL.multipliedBy(10))) {
        found.add(new DeadLetter(record));
      }
    }
    return found.stream().filter(letter -> letter.record().offset() == offset).findFirst();
  }

  /**
   * Sends back every letter that was not sent back by an earlier call. Remembered as a consumer
   * group's offsets, after the acknowledgement: a crash in between sends again, and event ids make
   * that harmless.
   *
   * @return how many were sent
   */
  public long replayNew(List<String> topics) {
    List<TopicPartition> partitions = partitions(topics);
    consumer.assign(partitions);
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata from = committed.get(partition);
      if (from == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, from.offset());
      }
    }
    List<DeadLetter> letters = new ArrayList<>();
    read(partitions, letters::add);
    replay(letters);
    Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    partitions.forEach(
        partition -> done.put(partition, new OffsetAndMetadata(consumer.position(partition))));
    consumer.commitSync(done);
    return letters.size();
  }

  /** Sends letters back to where they came from, whether or not that was done before. */
  public void replay(List<DeadLetter> letters) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      List<Future<RecordMetadata>> acks = new ArrayList<>();
      letters.forEach(letter -> acks.add(producer.send(asItCame(letter))));
      for (Future<RecordMetadata> ack : acks) {
        ack.get();
      }
    } catch (ExecutionException refused) {
      throw new KafkaException("a letter was not taken back", refused.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted before every letter was acknowledged", stopping);
    }
  }

  private static ProducerRecord<byte[], byte[]> asItCame(DeadLetter letter) {
    String topic = letter
        .sourceTopic()
        .orElseThrow(
            () -> new IllegalArgumentException(letter.place() + " does not say its topic"));
    ConsumerRecord<byte[], byte[]> dead = letter.record();
    RecordHeaders headers = new RecordHeaders();
    for (Header header : dead.headers()) {
      if (!OURS.contains(header.key())) {
        headers.add(header);
      }
    }
    headers.add(REPLAYED_FROM, letter.place().getBytes(StandardCharsets.UTF_8));
    return new ProducerRecord<>(topic, null, dead.key(), dead.value(), headers);
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void read(List<TopicPartition> partitions, Consumer<DeadLetter> reader) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        reader.accept(new DeadLetter(record));
      }
    }
  }

  private List<TopicPartition> partitions(List<String> topics) {
    return topics.stream()
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .collect(Collectors.toList());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(Map.of(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class));
  }
}
