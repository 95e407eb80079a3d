package io.conductore.bench.admit;

import io.conductore.bench.http.HttpRequests;
import io.conductore.bench.http.KeepAlive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Says of every admitted call that it has ended, in batches, as agents ship. */
final class Settler {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final int BATCH_MAX = 900;

  private final KeepAlive connection;
  private final ConcurrentLinkedQueue<Admission> open = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean done;
  private volatile String failure = "";

  /** What was admitted. */
  record Admission(String agentId, String requestId) {}

  Settler(int port) throws IOException {
    this.connection = new KeepAlive(port);
    this.thread = Thread.ofPlatform().name("settler").start(this::run);
  }

  void admitted(Admission admission) {
    open.add(admission);
  }

  /** Returns when everything that was admitted is settled; throws what went wrong. */
  void finish() throws IOException, InterruptedException {
    done = true;
    thread.join();
    connection.close();
    if (!failure.isEmpty()) {
      throw new IOException("settlement: " + failure);
    }
  }

  private void run() {
    while (failure.isEmpty() && (!done || !open.isEmpty())) {
      LockSupport.parkNanos(EVERY.toNanos());
      settle();
    }
  }

  private void settle() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < BATCH_MAX && !open.isEmpty(); i++) {
      Admission next = open.remove();
      lines.append("{\"type\":\"TOKEN_USAGE\",\"agentId\":\"").append(next.agentId());
      lines.append("\",\"requestId\":\"").append(next.requestId());
      lines.append("\",\"model\":\"claude-sonnet-4-5\",\"inputTokens\":900,\"outputTokens\":200,");
      lines.append("\"repo\":\"o/r\",\"issueNumber\":1}\n");
    }
    if (lines.isEmpty()) {
      return;
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    try {
      int status =
          connection.exchange(HttpRequests.post("/api/events", "application/x-ndjson", body));
      if (status != 200) {
        failure = "answered " + status + " " + connection.refusal();
      }
    } catch (IOException broken) {
      failure = broken.toString();
    }
  }
}
