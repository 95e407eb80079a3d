package io.conductore.topology.metering;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * One number for each kind of counter; of a gap some are negative. Sums stop at the largest number
 * rather than throw: a counter is a check and must never stop its log.
 *
 * @param costPico in 10^-12 US dollars
 */
public record Amounts(long input, long output, long cacheCreation, long cacheRead, long costPico) {
  public static final Amounts NONE = new Amounts(0, 0, 0, 0, 0);

  /** An amount of one kind and none of the others. */
  static Amounts of(MeterKind kind, long amount) {
    return switch (kind) {
      case INPUT -> new Amounts(amount, 0, 0, 0, 0);
      case OUTPUT -> new Amounts(0, amount, 0, 0, 0);
      case CACHE_CREATION -> new Amounts(0, 0, amount, 0, 0);
      case CACHE_READ -> new Amounts(0, 0, 0, amount, 0);
      case COST -> new Amounts(0, 0, 0, 0, amount);
    };
  }

  public Amounts plus(Amounts other) {
    return new Amounts(
        sum(input, other.input),
        sum(output, other.output),
        sum(cacheCreation, other.cacheCreation),
        sum(cacheRead, other.cacheRead),
        sum(costPico, other.costPico));
  }

  public Amounts minus(Amounts other) {
    return new Amounts(
        input - other.input,
        output - other.output,
        cacheCreation - other.cacheCreation,
        cacheRead - other.cacheRead,
        costPico - other.costPico);
  }

  /** True when any kind of tokens is above 0. */
  public boolean hasTokens() {
    return input > 0 || output > 0 || cacheCreation > 0 || cacheRead > 0;
  }

  /** True when any kind of tokens is below 0. */
  public boolean lacksTokens() {
    return input < 0 || output < 0 || cacheCreation < 0 || cacheRead < 0;
  }

  /** Of numbers from 0. */
  static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  void write(Encoder to) throws IOException {
    to.writeLong(input);
    to.writeLong(output);
    to.writeLong(cacheCreation);
    to.writeLong(cacheRead);
    to.writeLong(costPico);
  }

  static Amounts read(Decoder from) throws IOException {
    return new Amounts(
        from.readLong(), from.readLong(), from.readLong(), from.readLong(), from.readLong());
  }
}
