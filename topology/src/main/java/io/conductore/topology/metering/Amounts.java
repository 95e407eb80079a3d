package io.conductore.topology.metering;

import io.conductore.schemas.Usd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * One number for each kind of counter, in the order of the kinds; of a gap some are negative. Sums
 * stop at the largest number rather than throw: a counter is a check and must never stop its log.
 */
public record Amounts(List<Long> byKind) {
  public static final Amounts NONE =
      new Amounts(Collections.nCopies(MeterKind.values().length, 0L));

  public Amounts {
    byKind = List.copyOf(byKind);
  }

  public static Amounts of(long input, long output, long cacheCreation, long cacheRead, Usd cost) {
    return new Amounts(List.of(input, output, cacheCreation, cacheRead, cost.pico()));
  }

  public long get(MeterKind kind) {
    return byKind.get(kind.ordinal());
  }

  Amounts plus(MeterKind kind, long amount) {
    List<Long> next = new ArrayList<>(byKind);
    next.set(kind.ordinal(), sum(get(kind), amount));
    return new Amounts(next);
  }

  public Amounts plus(Amounts other) {
    Amounts next = this;
    for (MeterKind kind : MeterKind.values()) {
      next = next.plus(kind, other.get(kind));
    }
    return next;
  }

  public Amounts minus(Amounts other) {
    List<Long> next = new ArrayList<>(byKind.size());
    for (MeterKind kind : MeterKind.values()) {
      next.add(get(kind) - other.get(kind));
    }
    return new Amounts(next);
  }

  /** Of numbers from 0. */
  static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  void write(Encoder to) throws IOException {
    for (long amount : byKind) {
      to.writeLong(amount);
    }
  }

  static Amounts read(Decoder from) throws IOException {
    List<Long> byKind = new ArrayList<>();
    for (int i = 0; i < MeterKind.values().length; i++) {
      byKind.add(from.readLong());
    }
    return new Amounts(byKind);
  }
}
