package io.conductore.topology.activity;

import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.topology.price.PriceTable;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * A sum of model calls: tokens by kind and exact money. Sums commute, so order does not matter.
 *
 * @param inputTokens without cache tokens
 * @param cacheCreationTokens with those written for one hour
 * @param estimatedCalls calls of a model that the price list does not know, billed at its ceiling
 */
public record Usage(
    long calls,
    long inputTokens,
    long outputTokens,
    long cacheCreationTokens,
    long cacheReadTokens,
    Usd cost,
    long estimatedCalls) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, Usd.ZERO, 0);

  /** Of models that have a price. */
  public Usage(
      long calls,
      long inputTokens,
      long outputTokens,
      long cacheCreationTokens,
      long cacheReadTokens,
      Usd cost) {
    this(calls, inputTokens, outputTokens, cacheCreationTokens, cacheReadTokens, cost, 0);
  }

  public static Usage of(TokenUsage call) {
    Long pico = call.getCostPicoUsd();
    return new Usage(
        1,
        call.getInputTokens(),
        call.getOutputTokens(),
        call.getCacheCreationTokens(),
        call.getCacheReadTokens(),
        pico == null ? Usd.ZERO : new Usd(pico),
        PriceTable.UNKNOWN_MODEL.equals(call.getCostBasis()) ? 1 : 0);
  }

  /** Throws ArithmeticException rather than wrap. */
  public Usage plus(Usage other) {
    return new Usage(
        Math.addExact(calls, other.calls),
        Math.addExact(inputTokens, other.inputTokens),
        Math.addExact(outputTokens, other.outputTokens),
        Math.addExact(cacheCreationTokens, other.cacheCreationTokens),
        Math.addExact(cacheReadTokens, other.cacheReadTokens),
        cost.plus(other.cost),
        Math.addExact(estimatedCalls, other.estimatedCalls));
  }

  /**
   * What counts against a token budget; see docs/decisions/0008-what-a-budget-counts.md. Throws
   * ArithmeticException rather than wrap.
   */
  public long budgetTokens() {
    return Math.addExact(Math.addExact(inputTokens, outputTokens), cacheCreationTokens);
  }

  Usage estimated(long ofCalls) {
    return new Usage(
        calls, inputTokens, outputTokens, cacheCreationTokens, cacheReadTokens, cost, ofCalls);
  }

  /** Without what only a cost table has. */
  void write(Encoder to) throws IOException {
    to.writeLong(calls);
    to.writeLong(inputTokens);
    to.writeLong(outputTokens);
    to.writeLong(cacheCreationTokens);
    to.writeLong(cacheReadTokens);
    to.writeLong(cost.pico());
  }

  static Usage read(Decoder from) throws IOException {
    return new Usage(
        from.readLong(),
        from.readLong(),
        from.readLong(),
        from.readLong(),
        from.readLong(),
        new Usd(from.readLong()));
  }
}
