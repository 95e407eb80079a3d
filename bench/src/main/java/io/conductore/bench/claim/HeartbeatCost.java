package io.conductore.bench.claim;

import io.conductore.bench.http.HttpRequests;
import io.conductore.bench.http.KeepAlive;
import io.conductore.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The processor time that a fleet's heartbeats take from the server: a batch a second, as a spool
 * sends them, beside the time that it takes when nobody says anything.
 */
final class HeartbeatCost {
  static final int AGENTS = 10_000;
  private static final int SECONDS_BETWEEN_BEATS = 60;
  static final int BEATS_PER_SECOND = Math.ceilDiv(AGENTS, SECONDS_BETWEEN_BEATS);
  private static final int STATUS_OK = 200;
  private static final long SECOND_NS = Duration.ofSeconds(1).toNanos();

  private final ServerProcess server;
  private int next;

  HeartbeatCost(ServerProcess server) {
    this.server = server;
  }

  /** Percent of one core, with the fleet and without it. */
  record Share(double beatingPercent, double idlePercent) {
    double costPercent() {
      return Math.max(0, beatingPercent - idlePercent);
    }
  }

  /**
   * As fast as it goes for a while, and until every agent has been heard of: at a batch a second
   * the compiler would take minutes to come to what it comes to in days, and the first beat of an
   * agent costs more than the others.
   */
  void warmUp(Duration length) throws IOException {
    long endNanos = System.nanoTime() + length.toNanos();
    try (KeepAlive connection = new KeepAlive(server.port())) {
      for (int said = 0; said < AGENTS || System.nanoTime() - endNanos < 0; ) {
        post(connection);
        said += BEATS_PER_SECOND;
      }
    }
  }

  Share measure(Duration length) throws IOException {
    double idle = percent(length, false);
    double beating = percent(length, true);
    return new Share(beating, idle);
  }

  private double percent(Duration length, boolean beating) throws IOException {
    try (KeepAlive connection = new KeepAlive(server.port())) {
      double before = server.processorSeconds();
      long began = System.nanoTime();
      for (int second = 0; second < length.toSeconds(); second++) {
        if (beating) {
          post(connection);
        }
        sleepUntil(began + (second + 1) * SECOND_NS);
      }
      double seconds = (System.nanoTime() - began) / (double) SECOND_NS;
      return 100 * (server.processorSeconds() - before) / seconds;
    }
  }

  private void post(KeepAlive connection) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < BEATS_PER_SECOND; i++) {
      lines.append("{\"type\":\"HEARTBEAT\",\"status\":\"idle\",\"agentId\":\"fleet-");
      lines.append(next++ % AGENTS).append("\"}\n");
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    int status =
        connection.exchange(HttpRequests.post("/api/events", "application/x-ndjson", body));
    if (status != STATUS_OK) {
      throw new IOException("the door refused heartbeats: " + connection.refusal());
    }
  }

  private static void sleepUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
