package io.conductore.schemas.registry;

/**
 * Confluent's framing: magic byte 0, the writer's schema id as four big-endian bytes, then Avro
 * binary.
 */
public final class WireFormat {
  public static final byte MAGIC = 0;
  public static final int HEADER_BYTES = 5;

  private WireFormat() {}

  /** What the first five bytes say. */
  public sealed interface Header {
    record SchemaId(int id) implements Header {}

    record NotAvro(String reason) implements Header {}
  }

  /** Looks at the header only; the rest may still be garbage. */
  public static Header readHeader(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      return new Header.NotAvro("shorter than the 5 byte header: " + bytes.length + " bytes");
    }
    if (bytes[0] != MAGIC) {
      return new Header.NotAvro("first byte is " + (bytes[0] & 0xff) + ", not 0");
    }
    int id = (bytes[1] & 0xff) << 24
        | (bytes[2] & 0xff) << 16
        | (bytes[3] & 0xff) << 8
        | (bytes[4] & 0xff);
    // Registries count from 1, so no writer can have meant this.
    return id > 0 ? new Header.SchemaId(id) : new Header.NotAvro("schema id " + id + " is below 1");
  }

  /** The five bytes that go before the Avro binary. */
  public static byte[] header(int id) {
    if (id < 1) {
      throw new IllegalArgumentException("schema id " + id + " is below 1");
    }
    return new byte[] {
      MAGIC, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id,
    };
  }
}
