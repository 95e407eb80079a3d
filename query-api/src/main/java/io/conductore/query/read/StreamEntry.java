package io.conductore.query.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.flat.FlatWriter;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** One event of a stream, in the original's read-out form and with its ordinal. */
public record StreamEntry(
    String id, String type, ObjectNode data, Instant timestamp, Instant recordedAt, long ordinal) {

  static StreamEntry of(SpecificRecord envelope, long ordinal) {
    ObjectNode data = FlatWriter.data(envelope);
    return switch (envelope) {
      case AgentActivity event ->
        new StreamEntry(
            event.getEventId(),
            readName((SpecificRecord) event.getPayload()),
            data,
            Instant.ofEpochMilli(event.getOccurredAtMs()),
            Instant.ofEpochMilli(event.getRecordedAtMs()),
            ordinal);
      case IssueLifecycle event ->
        new StreamEntry(
            event.getEventId(),
            readName((SpecificRecord) event.getPayload()),
            data,
            Instant.ofEpochMilli(event.getOccurredAtMs()),
            Instant.ofEpochMilli(event.getRecordedAtMs()),
            ordinal);
      default -> throw new IllegalArgumentException("not an envelope");
    };
  }

  private static String readName(SpecificRecord payload) {
    return EventCatalog.ofPayload(payload.getSchema()).readName();
  }
}
