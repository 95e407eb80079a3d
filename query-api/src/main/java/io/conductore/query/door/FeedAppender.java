package io.conductore.query.door;

import io.conductore.query.read.PositionToken;
import io.conductore.schemas.Feed;
import io.conductore.topology.handoff.Handoff;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Appends what the API itself says to a stage, such as a claim: one record at a time, idempotent,
 * acks=all, so that it is in no transaction and is folded at once. Thread-safe.
 */
public final class FeedAppender implements AutoCloseable {
  private static final Duration CLOSE_MAX = Duration.ofMillis(500);

  private final KafkaProducer<byte[], byte[]> producer;

  public FeedAppender(String bootstrapServers) {
    this.producer = new KafkaProducer<>(EventAppender.settings(bootstrapServers));
  }

  /** JSON for a topic that no stage folds. */
  public boolean publish(String topic, String key, byte[] json) {
    try {
      EventAppender.await(
          producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), json)));
      return true;
    } catch (KafkaException refused) {
      return false;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The record is one of the feed's sealed type. */
  public AppendOutcome append(Feed feed, String key, Object record) {
    ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(
        feed.topic(), key.getBytes(StandardCharsets.UTF_8), Handoff.bytes(record));
    try {
      RecordMetadata place = EventAppender.await(producer.send(sent));
      return new AppendOutcome.Appended(new PositionToken(
          Map.of(new PositionToken.Place(feed, place.partition()), place.offset() + 1)));
    } catch (KafkaException refused) {
      return new AppendOutcome.Unacknowledged("the broker did not acknowledge the append");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new AppendOutcome.Unacknowledged("stopping");
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_MAX);
  }
}
