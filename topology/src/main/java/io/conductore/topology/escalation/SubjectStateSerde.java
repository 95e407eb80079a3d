package io.conductore.topology.escalation;

import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** The bytes of a subject's state. */
public final class SubjectStateSerde extends StateSerde<SubjectState> {
  public SubjectStateSerde() {
    super(1);
  }

  @Override
  protected void write(SubjectState state, Encoder to) throws IOException {
    writeText(state.subject().agentId(), to);
    writeText(state.subject().issue(), to);
    to.writeInt(state.open().size());
    for (Escalation escalation : state.open().values()) {
      EscalationSerde.one(escalation, to);
    }
    to.writeInt(state.held().size());
    for (CauseRecord.Raised raised : state.held().values()) {
      to.writeBytes(Handoff.bytes(raised));
    }
    longs(state.openings(), to);
    longs(state.recent(), to);
    writeTexts(state.closed(), to);
    to.writeLong(state.unheard());
  }

  @Override
  protected SubjectState read(int writtenVersion, Decoder from) throws IOException {
    CauseRecord.Subject subject = new CauseRecord.Subject(readText(from), readText(from));
    SortedMap<String, Escalation> open = new TreeMap<>();
    for (int left = from.readInt(); left > 0; left--) {
      Escalation escalation = EscalationSerde.one(from);
      open.put(escalation.cause(), escalation);
    }
    SortedMap<String, CauseRecord.Raised> held = new TreeMap<>();
    for (int left = from.readInt(); left > 0; left--) {
      if (Handoff.read(from.readBytes(null).array(), CauseRecord.class)
          instanceof CauseRecord.Raised raised) {
        held.put(raised.cause(), raised);
      }
    }
    return new SubjectState(
        subject, open, held, longs(from), longs(from), readTexts(from), from.readLong());
  }

  private static void longs(List<Long> numbers, Encoder to) throws IOException {
    to.writeInt(numbers.size());
    for (long number : numbers) {
      to.writeLong(number);
    }
  }

  private static List<Long> longs(Decoder from) throws IOException {
    int count = from.readInt();
    List<Long> numbers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      numbers.add(from.readLong());
    }
    return numbers;
  }
}
