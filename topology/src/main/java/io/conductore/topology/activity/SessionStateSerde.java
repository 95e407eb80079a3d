package io.conductore.topology.activity;

import io.conductore.topology.state.StateSerde;
import io.conductore.topology.stuck.Alarm;
import io.conductore.topology.stuck.Trace;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** The bytes of a session's state. Version 2 has the trace and the alarm in place of calls. */
public final class SessionStateSerde extends StateSerde<SessionState> {
  private static final int TRACE_SINCE = 2;

  public SessionStateSerde() {
    super(TRACE_SINCE);
  }

  @Override
  protected void write(SessionState session, Encoder to) throws IOException {
    to.writeString(session.key().agentId());
    to.writeString(session.key().sessionId());
    to.writeLong(session.firstMs());
    to.writeLong(session.lastMs());
    to.writeLong(session.toolCalls());
    session.usage().write(to);
    session.trace().write(session.firstMs(), to);
    session.alarm().write(to);
  }

  @Override
  protected SessionState read(int writtenVersion, Decoder from) throws IOException {
    SessionKey key = new SessionKey(from.readString(), from.readString());
    long firstMs = from.readLong();
    long lastMs = from.readLong();
    long toolCalls = from.readLong();
    Usage usage = Usage.read(from);
    boolean first = writtenVersion < TRACE_SINCE;
    Trace trace = first ? Trace.readFirstVersion(firstMs, from) : Trace.read(firstMs, from);
    Alarm alarm = first ? Alarm.NONE : Alarm.read(from);
    return new SessionState(key, firstMs, lastMs, toolCalls, usage, trace, alarm);
  }
}
