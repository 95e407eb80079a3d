package io.conductore.topology.head;

import io.conductore.schemas.Log;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What a log's stage does with each event that passed the head. One instance per task. */
public interface Stage<E extends SpecificRecord> {
  Log log();

  /** Opens the stores; called again for each life of the task. */
  void open(ProcessorContext<byte[], byte[]> context, Outlets outlets);

  /** What the head needs to know of an event. */
  Arrival arrival(E event);

  /**
   * Folds an event into the stage's stores and appends it through the head.
   *
   * @throws EventRefused before the first write, so that the event leaves no trace but its dead
   *     letter
   */
  void fold(E event, byte[] idKey, byte[] value, LogHead head);

  /**
   * The fields of an envelope that every log has.
   *
   * @param streamId also the record's key
   * @param type the wire name
   */
  record Arrival(String eventId, String streamId, String type) {}
}
