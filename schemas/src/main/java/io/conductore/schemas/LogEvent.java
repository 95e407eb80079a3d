package io.conductore.schemas;

import org.apache.avro.specific.SpecificRecord;

/**
 * An envelope on its way to a log: the log, the key that is also the stream, the event id, and the
 * record.
 */
public record LogEvent(
    Log log, String key, String eventId, EventType type, SpecificRecord envelope) {}
