package io.conductore.bench.http;

import io.conductore.bench.stats.Latencies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs one load on several threads, a connection each, and adds up what they saw. */
final class Workers {
  private static final int STATUS_OK_MIN = 200;
  private static final int STATUS_OK_MAX = 299;

  /** One worker's part of a load. */
  interface Part {
    void run(Tally tally) throws IOException;
  }

  /** What one worker saw. */
  static final class Tally {
    private final Latencies latencies = new Latencies();
    private long failures;

    void add(int status, long latencyNanos) {
      latencies.record(latencyNanos);
      if (status < STATUS_OK_MIN || status > STATUS_OK_MAX) {
        failures++;
      }
    }
  }

  private Workers() {}

  static LoadOutcome run(List<? extends Part> parts, NanoClock clock)
      throws IOException, InterruptedException {
    List<Tally> tallies = new ArrayList<>();
    List<Future<?>> running = new ArrayList<>();
    long startNanos = clock.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(parts.size())) {
      for (Part part : parts) {
        Tally tally = new Tally();
        tallies.add(tally);
        running.add(threads.submit(() -> {
          part.run(tally);
          return null;
        }));
      }
      for (Future<?> worker : running) {
        await(worker);
      }
    }
    double seconds = (clock.nanoTime() - startNanos) / 1e9;
    var latency =
        Latencies.summarise(tallies.stream().map(tally -> tally.latencies).toList());
    long failures = tallies.stream().mapToLong(tally -> tally.failures).sum();
    return new LoadOutcome(latency, latency.n() / seconds, failures);
  }

  private static void await(Future<?> worker) throws IOException, InterruptedException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      throw new IOException("a load worker gave up: " + e.getCause(), e);
    }
  }
}
