package io.conductore.topology.stuck;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** Sixty-four bits of a hash as eight bytes; as an Avro long they would take ten. */
final class Bits {
  private static final int BYTES = Long.BYTES;

  private Bits() {}

  static void write(long bits, Encoder to) throws IOException {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = (byte) (bits >>> (Byte.SIZE * (BYTES - 1 - i)));
    }
    to.writeFixed(bytes);
  }

  static long read(Decoder from) throws IOException {
    byte[] bytes = new byte[BYTES];
    from.readFixed(bytes);
    long bits = 0;
    for (byte b : bytes) {
      bits = bits << Byte.SIZE | (b & 0xFF);
    }
    return bits;
  }
}
