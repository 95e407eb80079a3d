package io.conductore.topology.stuck;

import java.io.IOException;
import java.util.Comparator;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * A message of the model, or a compaction of its context.
 *
 * @param turn 0 when the producer does not number turns
 * @param digest stands for what was said; 0 for a compaction
 */
record Said(EventRef event, long atMs, int turn, long digest) implements Comparable<Said> {
  private static final int BYTES_BESIDE = 20;

  private static final Comparator<Said> ORDER = Comparator.comparingLong(Said::atMs)
      .thenComparingInt(Said::turn)
      .thenComparing(said -> said.event().id());

  int bytes() {
    return event.bytes() + BYTES_BESIDE;
  }

  @Override
  public int compareTo(Said other) {
    return ORDER.compare(this, other);
  }

  void write(long sinceMs, Encoder to) throws IOException {
    event.write(to);
    to.writeLong(atMs - sinceMs);
    to.writeInt(turn);
    Bits.write(digest, to);
  }

  static Said read(long sinceMs, Decoder from) throws IOException {
    return new Said(
        EventRef.read(from), from.readLong() + sinceMs, from.readInt(), Bits.read(from));
  }
}
