package io.conductore.topology.escalation;

import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** The bytes of an escalation. */
public final class EscalationSerde extends StateSerde<Escalation> {
  public EscalationSerde() {
    super(1);
  }

  @Override
  protected void write(Escalation state, Encoder to) throws IOException {
    one(state, to);
  }

  @Override
  protected Escalation read(int writtenVersion, Decoder from) throws IOException {
    return one(from);
  }

  static void one(Escalation state, Encoder to) throws IOException {
    to.writeString(state.id());
    to.writeString(state.cause());
    writeText(state.subject().agentId(), to);
    writeText(state.subject().issue(), to);
    to.writeString(state.severity().name());
    to.writeString(state.summary());
    writeTexts(state.evidence(), to);
    to.writeLong(state.count());
    to.writeLong(state.suppressed());
    to.writeLong(state.openedAtMs());
    to.writeLong(state.raisedAtMs());
    to.writeLong(state.dueAtMs());
    to.writeLong(state.acknowledgedAtMs());
    writeText(state.acknowledgedBy(), to);
    to.writeLong(state.closedAtMs());
  }

  static Escalation one(Decoder from) throws IOException {
    return new Escalation(
        from.readString(),
        from.readString(),
        new CauseRecord.Subject(readText(from), readText(from)),
        Severity.valueOf(from.readString()),
        from.readString(),
        readTexts(from),
        from.readLong(),
        from.readLong(),
        from.readLong(),
        from.readLong(),
        from.readLong(),
        from.readLong(),
        readText(from),
        from.readLong());
  }
}
