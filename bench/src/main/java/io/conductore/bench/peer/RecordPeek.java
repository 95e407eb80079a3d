package io.conductore.bench.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Reads event id and type from the head of an encoded event without decoding the rest: five bytes of wire
 * format, then the first two fields of the envelope, each a length and its characters. Both are shorter
 * than 64 characters, so that a length is one byte.
 */
record RecordPeek(byte[] eventIdKey, String type) {
  private static final int WIRE_HEADER_BYTES = 5;

  static RecordPeek at(byte[] value) {
    int idBytes = zigZag(value[WIRE_HEADER_BYTES]);
    int idAt = WIRE_HEADER_BYTES + 1;
    UUID id = UUID.fromString(new String(value, idAt, idBytes, StandardCharsets.US_ASCII));
    int typeAt = idAt + idBytes + 1;
    int typeBytes = zigZag(value[typeAt - 1]);
    return new RecordPeek(
        key(id), new String(value, typeAt, typeBytes, StandardCharsets.US_ASCII));
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
