package io.conductore.bench.claim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conductore.bench.http.HttpRequests;
import io.conductore.bench.http.KeepAlive;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The issues that wait in the product: filed through its door, counted through its API. */
final class Backlog {
  static final String POOL = "bench";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] PRIORITIES = {"critical", "high", "normal", "low"};
  private static final int BATCH_EVENTS = 1_000;
  private static final int STATUS_OK = 200;
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration FOLD_MAX = Duration.ofMinutes(5);

  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();
  private int filed;

  Backlog(int port) {
    this.port = port;
  }

  /** Returns when at least this many issues wait, and none is under way to the queue. */
  void fillTo(int waiting) throws IOException, InterruptedException {
    int missing = waiting - depth();
    int expected = depth() + Math.max(0, missing);
    try (KeepAlive connection = new KeepAlive(port)) {
      for (int left = missing; left > 0; left -= BATCH_EVENTS) {
        int status = connection.exchange(batch(Math.min(left, BATCH_EVENTS)));
        if (status != STATUS_OK) {
          throw new IOException("the door refused issues: " + connection.refusal());
        }
      }
    }
    long deadlineNanos = System.nanoTime() + FOLD_MAX.toNanos();
    while (depth() < expected) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new IOException("the queue did not fill: %d of %d".formatted(depth(), expected));
      }
      Thread.sleep(POLL);
    }
  }

  /** How many issues wait, as the product says. */
  int depth() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/api/queue/depth?pool=%s".formatted(port, POOL)))
        .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode depth = JSON.readTree(answer.body()).path("depth");
    if (!depth.isInt()) {
      throw new IOException("no depth: " + answer.statusCode() + " " + answer.body());
    }
    return depth.asInt();
  }

  private byte[] batch(int issues) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < issues; i++) {
      int number = ++filed;
      lines.append("{\"type\":\"ISSUE_APPROVED\",\"pool\":\"").append(POOL);
      lines.append("\",\"repo\":\"bench/queue\",\"issueNumber\":").append(number);
      lines.append(",\"title\":\"issue ").append(number).append("\",\"priority\":\"");
      lines.append(PRIORITIES[number % PRIORITIES.length]).append("\"}\n");
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    return HttpRequests.post("/api/events", "application/x-ndjson", body);
  }
}
