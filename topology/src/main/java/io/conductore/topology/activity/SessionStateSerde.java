package io.conductore.topology.activity;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The bytes of a session's state. Ids that are UUIDs take 17 bytes instead of 37. */
public final class SessionStateSerde extends StateSerde<SessionState> {
  private static final int UUID_CHARS = 36;

  public SessionStateSerde() {
    super(1);
  }

  @Override
  protected void write(SessionState session, Encoder to) throws IOException {
    to.writeString(session.key().agentId());
    to.writeString(session.key().sessionId());
    to.writeLong(session.firstMs());
    to.writeLong(session.lastMs());
    to.writeLong(session.toolCalls());
    session.usage().write(to);
    to.writeInt(session.calls().size());
    for (Call call : session.calls()) {
      writeId(call.eventId(), to);
      to.writeLong(call.occurredAtMs() - session.firstMs());
      to.writeInt(call.turn());
      to.writeString(call.tool());
      to.writeLong(call.signature());
      to.writeLong(call.error());
      to.writeBoolean(call.waited());
    }
  }

  @Override
  protected SessionState read(int writtenVersion, Decoder from) throws IOException {
    SessionKey key = new SessionKey(from.readString(), from.readString());
    long firstMs = from.readLong();
    long lastMs = from.readLong();
    long toolCalls = from.readLong();
    Usage usage = Usage.read(from);
    int count = from.readInt();
    List<Call> calls = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      calls.add(new Call(
          readId(from),
          from.readLong() + firstMs,
          from.readInt(),
          from.readString(),
          from.readLong(),
          from.readLong(),
          from.readBoolean()));
    }
    return new SessionState(key, firstMs, lastMs, toolCalls, usage, calls);
  }

  private static void writeId(String id, Encoder to) throws IOException {
    UUID uuid = uuid(id);
    to.writeBoolean(uuid != null);
    if (uuid == null) {
      to.writeString(id);
    } else {
      to.writeLong(uuid.getMostSignificantBits());
      to.writeLong(uuid.getLeastSignificantBits());
    }
  }

  private static String readId(Decoder from) throws IOException {
    return from.readBoolean()
        ? new UUID(from.readLong(), from.readLong()).toString()
        : from.readString();
  }

  private static @Nullable UUID uuid(String id) {
    if (id.length() != UUID_CHARS) {
      return null;
    }
    try {
      UUID uuid = UUID.fromString(id);
      return uuid.toString().equals(id) ? uuid : null;
    } catch (IllegalArgumentException notAUuid) {
      return null;
    }
  }
}
