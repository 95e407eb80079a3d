package io.conductore.query.read;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.conductore.topology.cursor.Cursor;
import io.conductore.topology.cursor.InboxEntry;
import io.conductore.topology.head.StreamKey;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** Some entries of an inbox in order, and where its agent stands. */
public record InboxPage(
    String agentId,
    List<String> subscribedEventTypes,
    long lastOrdinal,
    long waiting,
    long lost,
    List<Entry> entries) {

  /**
   * One entry.
   *
   * @param data the event's flat fields
   */
  public record Entry(
      long ordinal,
      String state,
      String id,
      String type,
      @Nullable String streamId,
      @JsonRawValue String data,
      Instant queuedAt,
      @Nullable Instant deliveredAt,
      @Nullable Instant acknowledgedAt) {

    static Entry of(KeyValue<StreamKey, InboxEntry> row) {
      InboxEntry entry = row.value;
      return new Entry(
          row.key.ordinal(),
          state(entry),
          entry.eventId(),
          entry.type(),
          entry.streamId().isEmpty() ? null : entry.streamId(),
          entry.data(),
          Instant.ofEpochMilli(entry.queuedAtMs()),
          time(entry.deliveredAtMs()),
          time(entry.acknowledgedAtMs()));
    }

    private static String state(InboxEntry entry) {
      if (entry.acknowledgedAtMs() != 0) {
        return "acknowledged";
      }
      return entry.deliveredAtMs() != 0 ? "delivered" : "queued";
    }

    private static @Nullable Instant time(long ms) {
      return ms == 0 ? null : Instant.ofEpochMilli(ms);
    }
  }

  static InboxPage of(Cursor cursor, List<KeyValue<StreamKey, InboxEntry>> rows) {
    return new InboxPage(
        cursor.agentId(),
        cursor.subscription().types(),
        cursor.acknowledged(),
        cursor.waiting(),
        cursor.lost(),
        rows.stream().map(Entry::of).toList());
  }

  /** The newest ordinal of the page, or the other if it is empty. */
  public long last(long otherwise) {
    return entries.isEmpty() ? otherwise : entries.getLast().ordinal();
  }
}
