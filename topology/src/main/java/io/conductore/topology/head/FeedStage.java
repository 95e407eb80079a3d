package io.conductore.topology.head;

import io.conductore.schemas.Feed;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What a stage does with each record that other stages or the API handed on to it. */
public interface FeedStage<R> {
  Feed feed();

  /** The sealed type of its records. */
  Class<R> type();

  /** Opens the stores; called again for each life of the task. */
  void open(ProcessorContext<byte[], byte[]> context, Outlets outlets);

  /**
   * Folds a record. Everything that it depends on is in the record, its place and the stores, so
   * that a replay comes to the same.
   *
   * @throws EventRefused before the first write
   */
  void fold(R record, Place place);

  /**
   * Where and when a record stands in its feed.
   *
   * @param timeMs the record's timestamp: the broker's for a feed that is stamped by it
   */
  record Place(String key, int partition, long offset, long timeMs) {}
}
