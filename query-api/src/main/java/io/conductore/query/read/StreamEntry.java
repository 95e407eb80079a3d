package io.conductore.query.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.flat.FlatWriter;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.head.Mark;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream, in the original's read-out form and with its ordinal.
 *
 * @param mark why it moved nothing: stale-lease or out-of-order; absent for one that fitted
 */
public record StreamEntry(
    String id,
    String type,
    ObjectNode data,
    Instant timestamp,
    Instant recordedAt,
    long ordinal,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String mark) {

  static StreamEntry of(SpecificRecord envelope, long ordinal, Mark mark) {
    ObjectNode data = FlatWriter.data(envelope);
    return switch (envelope) {
      case AgentActivity event ->
        new StreamEntry(
            event.getEventId(),
            readName((SpecificRecord) event.getPayload()),
            data,
            Instant.ofEpochMilli(event.getOccurredAtMs()),
            Instant.ofEpochMilli(event.getRecordedAtMs()),
            ordinal,
            mark.wireName());
      case IssueLifecycle event ->
        new StreamEntry(
            event.getEventId(),
            readName((SpecificRecord) event.getPayload()),
            data,
            Instant.ofEpochMilli(event.getOccurredAtMs()),
            Instant.ofEpochMilli(event.getRecordedAtMs()),
            ordinal,
            mark.wireName());
      default -> throw new IllegalArgumentException("not an envelope");
    };
  }

  private static String readName(SpecificRecord payload) {
    return EventCatalog.ofPayload(payload.getSchema()).readName();
  }
}
