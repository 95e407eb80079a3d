package io.conductore.bench.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Reads event id and type from the head of an encoded event without decoding the rest: five bytes
 * of wire format, then the first two fields of the envelope, each a length and its characters. Both
 * are shorter than 64 characters, so that a length is one byte.
 */
final class RecordPeek {
  private static final int WIRE_HEADER_BYTES = 5;

  private final byte[] eventIdKey;
  private final String type;

  private RecordPeek(byte[] eventIdKey, String type) {
    this.eventIdKey = eventIdKey;
    this.type = type;
  }

  static RecordPeek at(byte[] value) {
    int idBytes = zigZag(value[WIRE_HEADER_BYTES]);
    int idAt = WIRE_HEADER_BYTES + 1;
    UUID id = UUID.fromString(new String(value, idAt, idBytes, StandardCharsets.US_ASCII));
    int typeAt = idAt + idBytes + 1;
    int typeBytes = zigZag(value[typeAt - 1]);
    return new RecordPeek(key(id), new String(value, typeAt, typeBytes, StandardCharsets.US_ASCII));
  }

  /** Sixteen bytes, as the product keys its ids. */
  byte[] eventIdKey() {
    return eventIdKey;
  }

  String type() {
    return type;
  }

  private static byte[] key(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static int zigZag(byte length) {
    return length >> 1;
  }
}
