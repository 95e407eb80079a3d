package io.conductore.topology.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is still to restore, for the health page. */
final class RestoreWatch implements StateRestoreListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(RestoreWatch.class);
  private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();

  long recordsRemaining() {
    return remaining.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long start, long end) {
    if (end > start) {
      remaining.put(partition, end - start);
    }
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long records) {
    remaining.computeIfPresent(partition, (place, left) -> Math.max(0, left - records));
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long records) {
    remaining.remove(partition);
    if (records > 0) {
      LOGGER
          .atInfo()
          .addKeyValue("store", store)
          .addKeyValue("partition", partition.partition())
          .addKeyValue("records", records)
          .log("store restored");
    }
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long records) {
    remaining.remove(partition);
  }
}
