package io.conductore.schemas;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * One event type: its wire name (UPPER_SNAKE, exact), the name it is read back under (PascalCase,
 * also the Avro record's), its log, and the flat fields it takes by lower-case name.
 */
public record EventType(
    String wireName,
    String readName,
    Log log,
    Schema payload,
    Class<? extends SpecificRecord> payloadClass,
    Map<String, FlatField> fields) {

  /** A payload with nothing in it yet. */
  public SpecificRecord newPayload() {
    return (SpecificRecord) SpecificData.newInstance(payloadClass, payload);
  }
}
