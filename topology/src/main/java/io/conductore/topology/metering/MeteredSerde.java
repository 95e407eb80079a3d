package io.conductore.topology.metering;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** The bytes of a session's counters. Times are told from the newest, so that they are short. */
final class MeteredSerde extends StateSerde<Metered> {
  MeteredSerde() {
    super(1);
  }

  @Override
  protected void write(Metered state, Encoder to) throws IOException {
    state.deltas().write(to);
    to.writeLong(state.readings());
    to.writeLong(state.unfollowed());
    to.writeLong(state.newestMs());
    to.writeInt(state.counters().size());
    for (Map.Entry<String, Counter> entry : state.counters().entrySet()) {
      to.writeString(entry.getKey());
      write(entry.getValue(), state.newestMs(), to);
    }
  }

  @Override
  protected Metered read(int writtenVersion, Decoder from) throws IOException {
    Amounts deltas = Amounts.read(from);
    long readings = from.readLong();
    long unfollowed = from.readLong();
    long newestMs = from.readLong();
    int count = from.readInt();
    SortedMap<String, Counter> counters = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      counters.put(from.readString(), counter(newestMs, from));
    }
    return new Metered(deltas, counters, readings, unfollowed, newestMs);
  }

  private static void write(Counter counter, long newestMs, Encoder to) throws IOException {
    to.writeString(counter.kind().word());
    to.writeLong(counter.settled());
    to.writeLong(counter.settledStartMs());
    to.writeInt(counter.runs().size());
    for (Run run : counter.runs()) {
      write(run, newestMs, to);
    }
  }

  private static Counter counter(long newestMs, Decoder from) throws IOException {
    MeterKind kind = MeterKind.of(from.readString())
        .orElseThrow(() -> new IOException("a kind of counter that is not known"));
    long settled = from.readLong();
    long settledStartMs = from.readLong();
    int count = from.readInt();
    List<Run> runs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      runs.add(run(newestMs, from));
    }
    return new Counter(kind, settled, settledStartMs, runs);
  }

  private static void write(Run run, long newestMs, Encoder to) throws IOException {
    to.writeLong(run.startMs());
    to.writeLong(run.settled());
    Run.Reading anchor = run.anchor();
    to.writeBoolean(anchor != null);
    if (anchor != null) {
      write(anchor, newestMs, to);
    }
    to.writeInt(run.readings().size());
    for (Run.Reading reading : run.readings()) {
      write(reading, newestMs, to);
    }
  }

  private static Run run(long newestMs, Decoder from) throws IOException {
    long startMs = from.readLong();
    long settled = from.readLong();
    Run.Reading anchor = from.readBoolean() ? reading(newestMs, from) : null;
    int count = from.readInt();
    List<Run.Reading> readings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      readings.add(reading(newestMs, from));
    }
    return new Run(startMs, settled, anchor, readings);
  }

  private static void write(Run.Reading reading, long newestMs, Encoder to) throws IOException {
    to.writeLong(newestMs - reading.atMs());
    to.writeLong(reading.amount());
  }

  private static Run.Reading reading(long newestMs, Decoder from) throws IOException {
    return new Run.Reading(newestMs - from.readLong(), from.readLong());
  }
}
