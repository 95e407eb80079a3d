package io.conductore.topology.stuck;

import java.io.IOException;
import java.util.UUID;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * An event's id, small: most are UUIDs, which take 17 bytes instead of 37.
 *
 * @param text the id where it is no UUID, else null
 */
record EventRef(long high, long low, @Nullable String text) {
  private static final int UUID_CHARS = 36;
  private static final int UUID_BYTES = 17;
  private static final int LENGTH_BYTES = 3;

  static EventRef of(String id) {
    UUID uuid = uuid(id);
    return uuid == null
        ? new EventRef(0, 0, id)
        : new EventRef(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits(), null);
  }

  /** The id as it came. */
  String id() {
    return text == null ? new UUID(high, low).toString() : text;
  }

  /** How much state it takes, or a little more. */
  int bytes() {
    if (text == null) {
      return UUID_BYTES;
    }
    return bytesOf(text);
  }

  /** Of a text as it is written. */
  static int bytesOf(String text) {
    int bytes = LENGTH_BYTES;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
    return bytes;
  }

  void write(Encoder to) throws IOException {
    to.writeBoolean(text == null);
    if (text == null) {
      Bits.write(high, to);
      Bits.write(low, to);
    } else {
      to.writeString(text);
    }
  }

  static EventRef read(Decoder from) throws IOException {
    return from.readBoolean()
        ? new EventRef(Bits.read(from), Bits.read(from), null)
        : new EventRef(0, 0, from.readString());
  }

  /** Only of the canonical form, because the id must come back as it was. */
  private static @Nullable UUID uuid(String id) {
    if (id.length() != UUID_CHARS || id.charAt(8) != '-') {
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
