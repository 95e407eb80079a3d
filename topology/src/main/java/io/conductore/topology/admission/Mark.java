package io.conductore.topology.admission;

import io.conductore.topology.budget.Window;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * What was last said about one limit of an account, so that it is said once.
 *
 * @param bucket of the window that it was said about
 * @param limit that it was said about, in the unit's smallest part
 * @param percent the threshold; at 100 the account is stopped
 * @param agentId whose call it was: its stream has the event, and its escalation is the stop's
 */
public record Mark(Window window, Unit unit, long bucket, long limit, int percent, String agentId) {

  /** The stop ends by itself when the window turns; a change of the limit ends it too. */
  public boolean isStop() {
    return percent >= Level.STOP_PERCENT;
  }

  public long endsAtMs() {
    return window.endOf(bucket).toEpochMilli();
  }

  boolean isOf(Level level) {
    return window == level.window() && unit == level.unit();
  }

  /** True if the level is still the one that this was said about. */
  boolean isCurrent(Level level) {
    return isOf(level) && bucket == level.bucket() && limit == level.limit();
  }

  void write(Encoder to) throws IOException {
    to.writeInt(window.code());
    to.writeString(unit.word());
    to.writeLong(bucket);
    to.writeLong(limit);
    to.writeInt(percent);
    to.writeString(agentId);
  }

  static Mark read(Decoder from) throws IOException {
    return new Mark(
        Window.ofCode(from.readInt()),
        Unit.ofWord(from.readString()),
        from.readLong(),
        from.readLong(),
        from.readInt(),
        from.readString());
  }
}
