package io.conductore.topology.cursor;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * One entry of an inbox. Times are the broker's in epoch milliseconds, 0 for not yet.
 *
 * @param type the wire name of the event, or the notice's type
 * @param streamId the issue; empty for a notice
 * @param data a JSON object as text
 */
public record InboxEntry(
    String eventId,
    String type,
    String streamId,
    String data,
    long queuedAtMs,
    long deliveredAtMs,
    long acknowledgedAtMs) {
  /** A log of a failed check is read in the stream; an inbox says that it is there. */
  public static final int DATA_CHARS_MAX = 65_536;

  public static final StateSerde<InboxEntry> SERDE = new EntrySerde();

  static InboxEntry queued(
      String eventId, String type, String streamId, String data, long queuedAtMs) {
    String kept =
        data.length() <= DATA_CHARS_MAX ? data : "{\"omittedChars\":" + data.length() + "}";
    return new InboxEntry(eventId, type, streamId, kept, queuedAtMs, 0, 0);
  }

  InboxEntry delivered(long atMs) {
    return deliveredAtMs != 0
        ? this
        : new InboxEntry(eventId, type, streamId, data, queuedAtMs, atMs, acknowledgedAtMs);
  }

  InboxEntry acknowledged(long atMs) {
    return new InboxEntry(
        eventId, type, streamId, data, queuedAtMs, deliveredAtMs == 0 ? atMs : deliveredAtMs, atMs);
  }

  private static final class EntrySerde extends StateSerde<InboxEntry> {
    private EntrySerde() {
      super(1);
    }

    @Override
    protected void write(InboxEntry entry, Encoder to) throws IOException {
      to.writeString(entry.eventId());
      to.writeString(entry.type());
      to.writeString(entry.streamId());
      to.writeString(entry.data());
      to.writeLong(entry.queuedAtMs());
      to.writeLong(entry.deliveredAtMs());
      to.writeLong(entry.acknowledgedAtMs());
    }

    @Override
    protected InboxEntry read(int writtenVersion, Decoder from) throws IOException {
      return new InboxEntry(
          from.readString(),
          from.readString(),
          from.readString(),
          from.readString(),
          from.readLong(),
          from.readLong(),
          from.readLong());
    }
  }
}
