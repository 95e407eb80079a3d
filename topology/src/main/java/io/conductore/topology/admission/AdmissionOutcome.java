package io.conductore.topology.admission;

import io.conductore.topology.state.StateSerde;
import java.io.IOException;
import java.time.Duration;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** What an admission came to, kept under agent and request id. */
public sealed interface AdmissionOutcome {
  StateSerde<AdmissionOutcome> SERDE = new OutcomeSerde();

  /** The broker's time of the record that it came to this by. */
  long atMs();

  /**
   * The call may be made.
   *
   * @param expiresAtMs when the room is given back unless the call has ended
   * @param tightest the limit that is used most, this call included; null if nothing is limited
   */
  record Reserved(
      Ask ask, long atMs, long expiresAtMs, @Nullable Level tightest) implements AdmissionOutcome {
    /** Longer than a client waits for the longest answer. */
    public static final Duration KEPT = Duration.ofMinutes(15);
  }

  /** The call has ended, and its id is used up. */
  record Settled(Ask ask, long atMs) implements AdmissionOutcome {
    static final Duration KEPT = Duration.ofHours(1);
  }

  /**
   * The call may not be made.
   *
   * @param level the limit that has no room, of several the one that is closed longest
   * @param waits true if there is room again when calls that are under way end
   */
  record Refused(Ask ask, long atMs, Level level, boolean waits) implements AdmissionOutcome {
    static final Duration KEPT = Duration.ofMinutes(5);
  }

  /** When it is done with: an open reservation expires, the others are forgotten. */
  default long dueMs() {
    return switch (this) {
      case Reserved reserved -> reserved.expiresAtMs();
      case Settled settled -> settled.atMs() + Settled.KEPT.toMillis();
      case Refused refused -> refused.atMs() + Refused.KEPT.toMillis();
    };
  }

  /** The bytes of an outcome: which of the three, then its fields. */
  final class OutcomeSerde extends StateSerde<AdmissionOutcome> {
    private static final int RESERVED = 0;
    private static final int SETTLED = 1;
    private static final int REFUSED = 2;

    private OutcomeSerde() {
      super(1);
    }

    @Override
    protected void write(AdmissionOutcome outcome, Encoder to) throws IOException {
      switch (outcome) {
        case Reserved reserved -> {
          to.writeInt(RESERVED);
          reserved.ask().write(to);
          to.writeLong(reserved.atMs());
          to.writeLong(reserved.expiresAtMs());
          Level tightest = reserved.tightest();
          to.writeBoolean(tightest != null);
          if (tightest != null) {
            tightest.write(to);
          }
        }
        case Settled settled -> {
          to.writeInt(SETTLED);
          settled.ask().write(to);
          to.writeLong(settled.atMs());
        }
        case Refused refused -> {
          to.writeInt(REFUSED);
          refused.ask().write(to);
          to.writeLong(refused.atMs());
          refused.level().write(to);
          to.writeBoolean(refused.waits());
        }
      }
    }

    @Override
    protected AdmissionOutcome read(int writtenVersion, Decoder from) throws IOException {
      int which = from.readInt();
      Ask ask = Ask.read(from);
      long atMs = from.readLong();
      return switch (which) {
        case RESERVED ->
          new Reserved(ask, atMs, from.readLong(), from.readBoolean() ? Level.read(from) : null);
        case SETTLED -> new Settled(ask, atMs);
        default -> new Refused(ask, atMs, Level.read(from), from.readBoolean());
      };
    }
  }
}
