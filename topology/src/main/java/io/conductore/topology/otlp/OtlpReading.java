package io.conductore.topology.otlp;

import java.util.List;

/** What reading an export can come to. */
public sealed interface OtlpReading {
  record Read(List<Signal> signals) implements OtlpReading {
    public Read {
      signals = List.copyOf(signals);
    }
  }

  /** Not an export request of this kind. */
  record Malformed(String reason) implements OtlpReading {}
}
