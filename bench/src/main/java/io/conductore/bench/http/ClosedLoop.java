package io.conductore.bench.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every connection asks again as soon as it has its answer: the most that the server does. Its
 * latencies say how long an answer took under full load, not how long a caller who comes at a given
 * time waits.
 */
public final class ClosedLoop {
  private final NanoClock clock;
  private final Duration length;

  public ClosedLoop(Duration length) {
    this(NanoClock.system(), length);
  }

  ClosedLoop(NanoClock clock, Duration length) {
    this.clock = clock;
    this.length = length;
  }

  /** One worker per exchange. */
  public LoadOutcome run(List<? extends Exchange> exchanges)
      throws IOException, InterruptedException {
    AtomicLong tickets = new AtomicLong();
    long endNanos = clock.nanoTime() + length.toNanos();
    return Workers.run(
        exchanges.stream().map(exchange -> part(exchange, tickets, endNanos)).toList(), clock);
  }

  private Workers.Part part(Exchange exchange, AtomicLong tickets, long endNanos) {
    return tally -> {
      long sent = clock.nanoTime();
      while (sent - endNanos < 0) {
        int status = exchange.ask(tickets.getAndIncrement());
        long answered = clock.nanoTime();
        tally.add(status, answered - sent);
        sent = answered;
      }
    };
  }
}
