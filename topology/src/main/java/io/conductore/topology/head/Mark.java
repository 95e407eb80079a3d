package io.conductore.topology.head;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a stream says about an event that moved nothing. It stands before the wire bytes, where an
 * unmarked entry has the magic byte 0 of the wire format.
 */
public enum Mark {
  /** It fitted. */
  NONE(0, null),
  /** It belongs to an assignment that is over. */
  STALE_LEASE(1, "stale-lease"),
  /** It does not fit the state that it met. */
  OUT_OF_ORDER(2, "out-of-order");

  private final byte lead;
  private final @Nullable String wireName;

  Mark(int lead, @Nullable String wireName) {
    this.lead = (byte) lead;
    this.wireName = wireName;
  }

  /** What the API shows; null for none. */
  public @Nullable String wireName() {
    return wireName;
  }

  /** The entry of a stream: these wire bytes, marked. */
  public byte[] before(byte[] wire) {
    if (this == NONE) {
      return wire;
    }
    byte[] entry = new byte[wire.length + 1];
    entry[0] = lead;
    System.arraycopy(wire, 0, entry, 1, wire.length);
    return entry;
  }

  /** The mark of a stream's entry. */
  public static Mark of(byte[] entry) {
    byte lead = entry.length == 0 ? 0 : entry[0];
    return Arrays.stream(values()).filter(mark -> mark.lead == lead).findFirst().orElse(NONE);
  }

  /** The event's bytes as they came. */
  public static byte[] wire(byte[] entry) {
    return of(entry) == NONE ? entry : Arrays.copyOfRange(entry, 1, entry.length);
  }
}
