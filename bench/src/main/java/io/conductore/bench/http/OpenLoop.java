package io.conductore.bench.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests come at a fixed rate whether or not the server keeps up. A latency counts from the time
 * its request was due, so a stall is charged to every request that should have been sent during it
 * (no coordinated omission).
 */
public final class OpenLoop {
  private final NanoClock clock;
  private final int perSecond;
  private final Duration length;

  public OpenLoop(int perSecond, Duration length) {
    this(NanoClock.system(), perSecond, length);
  }

  OpenLoop(NanoClock clock, int perSecond, Duration length) {
    this.clock = clock;
    this.perSecond = perSecond;
    this.length = length;
  }

  /** One worker per exchange; there should be more than the server ever holds at once. */
  public LoadOutcome run(List<? extends Exchange> exchanges)
      throws IOException, InterruptedException {
    AtomicLong tickets = new AtomicLong();
    long requests = perSecond * length.toMillis() / 1_000;
    long startNanos = clock.nanoTime();
    return Workers.run(
        exchanges.stream()
            .map(exchange -> part(exchange, tickets, requests, startNanos))
            .toList(),
        clock);
  }

  private Workers.Part part(Exchange exchange, AtomicLong tickets, long requests, long startNanos) {
    return tally -> {
      long ticket = tickets.getAndIncrement();
      while (ticket < requests) {
        long due = startNanos + ticket * 1_000_000_000L / perSecond;
        clock.sleepUntil(due);
        int status = exchange.ask(ticket);
        tally.add(status, clock.nanoTime() - due);
        ticket = tickets.getAndIncrement();
      }
    };
  }
}
