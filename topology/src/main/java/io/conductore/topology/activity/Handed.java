package io.conductore.topology.activity;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * What dispatch was told of an agent and is not in its state. Depends on the order of arrival,
 * which the agent's state does not; that is why it has a store of its own.
 *
 * @param pool where it works: the one it registered for, else the first that an event named
 * @param stuckUntilMs how long its last verdict holds; 0 for none
 * @param budgetUntilMs when the window ends that it has used up; 0 for none
 * @param progressedMs the newest progress that was handed on
 */
public record Handed(
    @Nullable String pool, long stuckUntilMs, long budgetUntilMs, long progressedMs) {
  static final Handed NOTHING = new Handed(null, 0, 0, 0);
  public static final StateSerde<Handed> SERDE = new HandedSerde();

  Handed pool(@Nullable String next) {
    return new Handed(next, stuckUntilMs, budgetUntilMs, progressedMs);
  }

  Handed stuckUntil(long untilMs) {
    return new Handed(pool, untilMs, budgetUntilMs, progressedMs);
  }

  Handed budgetUntil(long untilMs) {
    return new Handed(pool, stuckUntilMs, untilMs, progressedMs);
  }

  Handed progressed(long atMs) {
    return new Handed(pool, stuckUntilMs, budgetUntilMs, atMs);
  }

  private static final class HandedSerde extends StateSerde<Handed> {
    private HandedSerde() {
      super(1);
    }

    @Override
    protected void write(Handed handed, Encoder to) throws IOException {
      writeText(handed.pool(), to);
      to.writeLong(handed.stuckUntilMs());
      to.writeLong(handed.budgetUntilMs());
      to.writeLong(handed.progressedMs());
    }

    @Override
    protected Handed read(int writtenVersion, Decoder from) throws IOException {
      return new Handed(readText(from), from.readLong(), from.readLong(), from.readLong());
    }
  }
}
