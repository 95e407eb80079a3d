package io.conductore.topology.otlp;

import java.util.List;

/** What reading an export can come to. */
public sealed interface OtlpReading {
  record Read(List<Signal> signals) implements OtlpReading {
    public Read {
      signals = List.copyOf(signals);
    }
  }

  /**
   * Reads an export of which nobody says the encoding. JSON begins with a brace, and no export in
   * protobuf can: it would be the tag of a field that none has. Never throws, whatever the bytes.
   */
  static OtlpReading ofEither(OtlpKind kind, byte[] bytes) {
    return bytes.length > 0 && bytes[0] == '{'
        ? OtlpJson.read(kind, bytes)
        : OtlpProtobuf.read(kind, bytes);
  }

  /** Not an export request of this kind. */
  record Malformed(String reason) implements OtlpReading {}
}
