package io.conductore.bench.peer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a Streams application has folded a topic, by what it has committed: with exactly-once, an
 * offset is committed in the transaction that holds the changelog records, so nothing counts that
 * could be undone.
 */
public final class GroupProgress {
  private static final Duration POLL = Duration.ofMillis(20);

  private final Admin admin;
  private final String group;
  private final String topic;

  public GroupProgress(Admin admin, String group, String topic) {
    this.admin = admin;
    this.group = group;
    this.topic = topic;
  }

  /** Where the topic ends now, for all partitions. */
  public Map<TopicPartition, Long> end() throws InterruptedException, ExecutionException {
    var description = admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
    var partitions = Objects.requireNonNull(description).get().partitions();
    Map<TopicPartition, OffsetSpec> latest = partitions.stream()
        .collect(Collectors.toMap(
            partition -> new TopicPartition(topic, partition.partition()),
            partition -> OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> offset(entry.getValue())));
  }

  /** Records committed so far, over all partitions. */
  public long committed() throws InterruptedException, ExecutionException {
    return offsets().values().stream().mapToLong(OffsetAndMetadata::offset).sum();
  }

  /** Returns when everything before the given end is committed; throws when the group gave up. */
  public void awaitEnd(
      Map<TopicPartition, Long> end, Duration waitMax, Supplier<Optional<Throwable>> failure)
      throws InterruptedException, ExecutionException, TimeoutException {
    long deadlineNanos = System.nanoTime() + waitMax.toNanos();
    while (!reached(end)) {
      pause(deadlineNanos, failure);
    }
  }

  /** Returns how much is committed as soon as it is anything. */
  public long awaitFirst(Duration waitMax, Supplier<Optional<Throwable>> failure)
      throws InterruptedException, ExecutionException, TimeoutException {
    long deadlineNanos = System.nanoTime() + waitMax.toNanos();
    long committed = committed();
    while (committed == 0) {
      pause(deadlineNanos, failure);
      committed = committed();
    }
    return committed;
  }

  private void pause(long deadlineNanos, Supplier<Optional<Throwable>> failure)
      throws InterruptedException, ExecutionException, TimeoutException {
    Optional<Throwable> gaveUp = failure.get();
    if (gaveUp.isPresent()) {
      throw new IllegalStateException(group + " gave up", gaveUp.get());
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new TimeoutException(group + " has folded " + committed() + " when the time is up");
    }
    Thread.sleep(POLL);
  }

  private boolean reached(Map<TopicPartition, Long> end)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
    return end.entrySet().stream().allMatch(partition -> {
      OffsetAndMetadata at = offsets.get(partition.getKey());
      return partition.getValue() == 0 || (at != null && at.offset() >= partition.getValue());
    });
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets()
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> all =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    return all.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static long offset(ListOffsetsResultInfo info) {
    return info.offset();
  }
}
