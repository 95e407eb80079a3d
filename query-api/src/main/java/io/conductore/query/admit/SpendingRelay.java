package io.conductore.query.admit;

import io.conductore.query.door.AppendOutcome;
import io.conductore.query.door.FeedAppender;
import io.conductore.schemas.Feed;
import io.conductore.schemas.Topics;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.handoff.SpendingRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies rig.spending, which ACTIVITY writes in transactions, into rig.admissions, which is written
 * outside of any: an admission that stood behind an open transaction would wait for its commit. It
 * copies at least once; items carry their offsets, and the book counts each once
 * (docs/decisions/0022-admissions-are-one-serial-log.md).
 */
public final class SpendingRelay implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(SpendingRelay.class);
  private static final String GROUP = "conductor-e-spending-relay";

  /** An admission behind such a record waits until all of its items are counted. */
  private static final int ITEMS_MAX = 50;

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  private final FeedAppender feeds;
  private final KafkaConsumer<byte[], byte[]> spending;
  private final Thread thread;
  private volatile boolean closed;

  private SpendingRelay(String bootstrapServers, FeedAppender feeds) {
    this.feeds = feeds;
    this.spending = new KafkaConsumer<>(settings(bootstrapServers));
    this.thread = Thread.ofPlatform().name("spending-relay").daemon().unstarted(this::run);
  }

  public static SpendingRelay start(String bootstrapServers, FeedAppender feeds) {
    SpendingRelay relay = new SpendingRelay(bootstrapServers, feeds);
    relay.thread.start();
    return relay;
  }

  @Override
  public void close() {
    closed = true;
    spending.wakeup();
    LockSupport.unpark(thread);
    try {
      if (!thread.join(CLOSE_MAX)) {
        LOGGER.atWarn().log("relay of spending did not stop in time");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (spending) {
      spending.assign(IntStream.range(0, Topics.LOG_PARTITIONS)
          .mapToObj(partition -> new TopicPartition(Topics.SPENDING, partition))
          .toList());
      while (!closed) {
        copyOnce();
      }
    } catch (WakeupException stopping) {
      LOGGER.atDebug().log("relay of spending stops");
    } catch (RuntimeException bug) {
      LOGGER.atError().setCause(bug).log("relay of spending ended; reservations will expire");
    }
  }

  /** What could not be copied is read again from where it was last copied. */
  private void copyOnce() {
    try {
      ConsumerRecords<byte[], byte[]> polled = spending.poll(POLL);
      for (TopicPartition partition : polled.partitions()) {
        if (!copy(partition, polled.records(partition))) {
          rewind(partition);
          return;
        }
      }
    } catch (WakeupException stopping) {
      throw stopping;
    } catch (KafkaException away) {
      LOGGER.atWarn().addKeyValue("why", away.toString()).log("spending not copied; trying again");
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private boolean copy(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    List<AdmissionRecord.Item> items = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        SpendingRecord said = Handoff.read(record.value(), SpendingRecord.class);
        items.add(new AdmissionRecord.Item(record.offset(), said));
      } catch (IOException | RuntimeException malformed) {
        LOGGER
            .atWarn()
            .addKeyValue("partition", partition.partition())
            .addKeyValue("offset", record.offset())
            .log("not a record of spending; skipped");
      }
    }
    if (!items.isEmpty()) {
      AdmissionRecord.Told told = new AdmissionRecord.Told(partition.partition(), items);
      // One after the other: were two under way, the later could stand and the earlier be lost.
      if (!(feeds.append(Feed.ADMISSIONS, AdmissionRecord.BOOK, told)
          instanceof AppendOutcome.Appended)) {
        LockSupport.parkNanos(PAUSE.toNanos());
        return false;
      }
    }
    long next = records.getLast().offset() + 1;
    spending.commitSync(Map.of(partition, new OffsetAndMetadata(next)));
    return true;
  }

  private void rewind(TopicPartition failed) {
    for (TopicPartition partition : spending.assignment()) {
      OffsetAndMetadata copied = spending.committed(java.util.Set.of(partition)).get(partition);
      if (copied == null) {
        spending.seekToBeginning(List.of(partition));
      } else {
        spending.seek(partition, copied);
      }
    }
    LOGGER
        .atWarn()
        .addKeyValue("partition", failed.partition())
        .log("spending not acknowledged; copying again");
  }

  private static Map<String, Object> settings(String bootstrapServers) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        ConsumerConfig.GROUP_ID_CONFIG,
        GROUP,
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest",
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        ITEMS_MAX);
  }
}
