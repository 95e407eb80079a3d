package io.conductore.query.read;

import io.conductore.schemas.Feed;
import io.conductore.schemas.Topics;
import io.conductore.topology.head.Progress;
import io.conductore.topology.runtime.StreamsRuntime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stores of this instance. The partition is computed here from the known count, and the
 * position is our own: a read that no partition answers is unavailable, never empty. Thread-safe.
 */
public final class StoreReader {
  /**
   * Reads and the stream thread share a monitor per store (reliability.md, F9), so few scans at
   * once.
   */
  private static final int SCANS_AT_ONCE_MAX = 4;

  private static final List<Integer> ALL_PARTITIONS =
      IntStream.range(0, Topics.LOG_PARTITIONS).boxed().toList();
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final String NOT_HERE = "the stores do not answer yet";

  private final StreamsRuntime runtime;
  private final Semaphore scans = new Semaphore(SCANS_AT_ONCE_MAX);

  /** Rows and whether they are all there are. */
  public record Rows<K, V>(List<KeyValue<K, V>> rows, boolean complete) {}

  public StoreReader(StreamsRuntime runtime) {
    this.runtime = runtime;
  }

  /** The partition of a feed that owns a key: the producer's own computation. */
  public static int partitionOf(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return BuiltInPartitioner.partitionForKey(bytes, Topics.LOG_PARTITIONS);
  }

  /** One value by key, from the partition that the owner's key names. */
  public <K, V> ReadOutcome<V> get(Feed feed, String store, String owner, K key) {
    int partition = partitionOf(owner);
    // Before the read, so that the answer holds at least what it claims.
    PositionToken position = position(feed, List.of(partition));
    try {
      V value = this.<K, V>store(store, partition).get(key);
      if (isRolledBack(position)) {
        return new ReadOutcome.Unavailable<>("the task started anew", RETRY);
      }
      return value == null
          ? new ReadOutcome.Absent<>(position)
          : new ReadOutcome.Found<>(value, position);
    } catch (StreamsException | IllegalStateException notHere) {
      return new ReadOutcome.Unavailable<>(NOT_HERE, RETRY);
    }
  }

  /** Rows of one partition in key order; the filter ends the scan early by refusing a key. */
  public <K, V> ReadOutcome<Rows<K, V>> range(
      Feed feed, String store, String owner, Span<K> span, int rowsMax) {
    return scan(feed, store, List.of(partitionOf(owner)), span, rowsMax);
  }

  /** The first rows of a range: so few that it is no scan, and none has to wait its turn. */
  public <K, V> ReadOutcome<Rows<K, V>> head(
      Feed feed, String store, String owner, Span<K> span, int rowsMax) {
    return rows(feed, store, List.of(partitionOf(owner)), span, rowsMax);
  }

  /** The same over all partitions, for what is not where its own key would belong. */
  public <K, V> ReadOutcome<Rows<K, V>> heads(Feed feed, String store, Span<K> span, int rowsMax) {
    return rows(feed, store, ALL_PARTITIONS, span, rowsMax);
  }

  /** How far the partition that owns a key is folded here; empty while it is not known. */
  public PositionToken positionOf(Feed feed, String owner) {
    return position(feed, List.of(partitionOf(owner)));
  }

  /** Rows of all partitions, partition by partition. */
  public <K, V> ReadOutcome<Rows<K, V>> all(Feed feed, String store, Span<K> span, int rowsMax) {
    return scan(feed, store, ALL_PARTITIONS, span, rowsMax);
  }

  /**
   * A range of keys; null is open. The keys are tested in order, and the first refused one ends it.
   */
  public record Span<K>(@Nullable K from, @Nullable K to, BiPredicate<K, Integer> more) {
    public static <K> Span<K> whole() {
      return new Span<>(null, null, (key, rows) -> true);
    }
  }

  private <K, V> ReadOutcome<Rows<K, V>> scan(
      Feed feed, String store, List<Integer> partitions, Span<K> span, int rowsMax) {
    if (!scans.tryAcquire()) {
      return new ReadOutcome.Unavailable<>("too many scans at once", RETRY);
    }
    try {
      return rows(feed, store, partitions, span, rowsMax);
    } finally {
      scans.release();
    }
  }

  private <K, V> ReadOutcome<Rows<K, V>> rows(
      Feed feed, String store, List<Integer> partitions, Span<K> span, int rowsMax) {
    PositionToken position = position(feed, partitions);
    List<KeyValue<K, V>> rows = new ArrayList<>();
    boolean complete = true;
    try {
      for (int partition : partitions) {
        complete &= collect(this.<K, V>store(store, partition), span, rowsMax, rows);
      }
    } catch (StreamsException | IllegalStateException notHere) {
      return new ReadOutcome.Unavailable<>(NOT_HERE, RETRY);
    }
    return isRolledBack(position)
        ? new ReadOutcome.Unavailable<>("the task started anew", RETRY)
        : new ReadOutcome.Found<>(new Rows<>(rows, complete), position);
  }

  /** False when rows were left behind at the limit. */
  private static <K, V> boolean collect(
      ReadOnlyKeyValueStore<K, V> store, Span<K> span, int rowsMax, List<KeyValue<K, V>> rows) {
    try (KeyValueIterator<K, V> found = store.range(span.from(), span.to())) {
      while (found.hasNext()) {
        KeyValue<K, V> row = found.next();
        if (!span.more().test(row.key, rows.size())) {
          return true;
        }
        if (rows.size() >= rowsMax) {
          return false;
        }
        rows.add(row);
      }
      return true;
    }
  }

  /**
   * The store of one active task; a store under restoration is not there. Not by a
   * StateQueryRequest: in 4.3.1 its key query locks the store's position and then the store, a
   * write the other way round, and sooner or later both wait for ever
   * (docs/decisions/0016-reads-without-position.md).
   */
  private <K, V> ReadOnlyKeyValueStore<K, V> store(String name, int partition) {
    return runtime
        .streams()
        .store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<K, V>keyValueStore())
            .withPartition(partition));
  }

  /** True when a task lost what it had folded but not committed while it was read. */
  private boolean isRolledBack(PositionToken claimed) {
    return claimed.nextOffsets().entrySet().stream().anyMatch(entry -> {
      PositionToken.Place place = entry.getKey();
      OptionalLong now = runtime.progress().position(place.feed().topic(), place.partition());
      return now.isEmpty() || now.getAsLong() < entry.getValue();
    });
  }

  private PositionToken position(Feed feed, List<Integer> partitions) {
    Progress progress = runtime.progress();
    Map<PositionToken.Place, Long> offsets = new TreeMap<>();
    for (int partition : partitions) {
      OptionalLong next = progress.position(feed.topic(), partition);
      if (next.isPresent()) {
        offsets.put(new PositionToken.Place(feed, partition), next.getAsLong());
      }
    }
    return new PositionToken(offsets);
  }
}
