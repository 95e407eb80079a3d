package io.conductore.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final String TOPIC = "greetings";
  private static final Duration POLL_TIME_MAX = Duration.ofSeconds(30);

  @TempDir
  private Path folder;

  @Test
  void shouldServeTransactionsWhenStartedOnAnEmptyFolder() throws Exception {
    // given
    try (var broker = EmbeddedBroker.start(folder, EmbeddedBroker.ANY_PORT)) {
      createTopic(broker);

      // when
      appendInTransaction(broker, "hello", "world");

      // then
      assertThat(readCommitted(broker, 2)).containsExactly("hello", "world");
    }
  }

  @Test
  void shouldKeepRecordsWhenRestarted() throws Exception {
    // given
    try (var broker = EmbeddedBroker.start(folder, EmbeddedBroker.ANY_PORT)) {
      createTopic(broker);
      appendInTransaction(broker, "before");
    }

    // when
    try (var broker = EmbeddedBroker.start(folder, EmbeddedBroker.ANY_PORT)) {
      appendInTransaction(broker, "after");

      // then
      assertThat(readCommitted(broker, 2)).containsExactly("before", "after");
    }
  }

  @Test
  void shouldRefuseATopicWhenNobodyCreatedIt() throws Exception {
    // given
    try (var broker = EmbeddedBroker.start(folder, EmbeddedBroker.ANY_PORT);
        var admin = admin(broker)) {

      // when
      var asked = admin.describeTopics(List.of("unheard-of")).allTopicNames();

      // then
      assertThatThrownBy(asked::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static void createTopic(EmbeddedBroker broker) throws Exception {
    try (var admin = admin(broker)) {
      var topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty());
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  private static void appendInTransaction(EmbeddedBroker broker, String... values) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "greeter");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (var value : values) {
        producer.send(new ProducerRecord<>(TOPIC, value));
      }
      producer.commitTransaction();
    }
  }

  private static List<String> readCommitted(EmbeddedBroker broker, int count) {
    Map<String, Object> settings = Map.of(
        "bootstrap.servers", broker.bootstrapServers(),
        "group.id", "reader",
        "auto.offset.reset", "earliest",
        "isolation.level", "read_committed");
    var values = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      long endNanos = System.nanoTime() + POLL_TIME_MAX.toNanos();
      while (values.size() < count && System.nanoTime() < endNanos) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
