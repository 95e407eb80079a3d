package io.conductore.query.door;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A few transactional producers; each runs one request at a time and is opened when first needed.
 */
final class TransactionPool {
  private static final int PRODUCERS = 4;
  private static final Duration TURN_MAX = Duration.ofSeconds(5);
  private static final int TRANSACTION_MS_MAX = 15_000;

  private final Map<String, Object> settings;
  private final String instanceId;
  private final BlockingQueue<Slot> free = new ArrayBlockingQueue<>(PRODUCERS);
  private volatile boolean closed;

  /** One producer's place; the producer is null until it is needed and after it broke. */
  private static final class Slot {
    private final int number;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    private Slot(int number) {
      this.number = number;
    }
  }

  /** What a transaction came to. */
  sealed interface Outcome {
    record Committed(List<RecordMetadata> places) implements Outcome {}

    /** Nothing of it will be seen; it may be sent again. */
    record Aborted(KafkaException why) implements Outcome {}

    /** Every producer was taken for too long. */
    record Busy() implements Outcome {}
  }

  TransactionPool(Map<String, Object> settings, String instanceId) {
    this.settings = settings;
    this.instanceId = instanceId;
    for (int i = 0; i < PRODUCERS; i++) {
      free.add(new Slot(i));
    }
  }

  Outcome run(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
    Slot slot = closed ? null : free.poll(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS);
    if (slot == null) {
      return new Outcome.Busy();
    }
    try {
      return commit(slot, records);
    } finally {
      free.add(slot);
    }
  }

  void close(Duration atMost) {
    closed = true;
    List<Slot> idle = new ArrayList<>();
    free.drainTo(idle);
    idle.forEach(slot -> drop(slot, atMost));
  }

  private Outcome commit(Slot slot, List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException {
    try {
      KafkaProducer<byte[], byte[]> producer = open(slot);
      producer.beginTransaction();
      List<Future<RecordMetadata>> acks = EventAppender.send(producer, records);
      producer.commitTransaction();
      List<RecordMetadata> places = new ArrayList<>(acks.size());
      for (Future<RecordMetadata> ack : acks) {
        places.add(EventAppender.await(ack));
      }
      return new Outcome.Committed(places);
    } catch (KafkaException failed) {
      // A new producer with the same transactional id ends whatever this one left open.
      drop(slot, Duration.ZERO);
      return new Outcome.Aborted(failed);
    }
  }

  private KafkaProducer<byte[], byte[]> open(Slot slot) {
    if (slot.producer == null) {
      Map<String, Object> own = new HashMap<>(settings);
      own.put(
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          "conductor-e-door-" + instanceId + "-" + slot.number);
      own.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MS_MAX);
      KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(own);
      slot.producer = producer;
      producer.initTransactions();
    }
    return slot.producer;
  }

  private static void drop(Slot slot, Duration atMost) {
    if (slot.producer != null) {
      slot.producer.close(atMost);
      slot.producer = null;
    }
  }
}
