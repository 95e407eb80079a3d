package io.conductore.topology.head;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's timestamp, or for a record without one the newest of its partition. Kafka Streams'
 * own default throws there, and one such record would stop the stream for ever.
 */
public final class RecordTime implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTimeMs) {
    return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTimeMs);
  }
}
