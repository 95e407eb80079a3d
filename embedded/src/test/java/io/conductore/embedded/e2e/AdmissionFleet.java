package io.conductore.embedded.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers that ask for a model call at once, each a thread of its own. Whoever is admitted may say
 * later what the call cost. Each request is tried with its id until the answer says what it came
 * to.
 */
final class AdmissionFleet {
  static final int ASKED_TOKENS = 200;
  static final int USED_TOKENS = 50;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration COME_AGAIN = Duration.ofMillis(20);

  private final RigProcess rig;
  private final Map<String, Integer> held = new ConcurrentHashMap<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
  private final List<Thread> callers = new ArrayList<>();

  AdmissionFleet(RigProcess rig) {
    this.rig = rig;
  }

  /** Every second one that is admitted ends its call at once; the others never do. */
  void start(int requests, int agents) {
    for (int i = 0; i < requests; i++) {
      int number = i;
      callers.add(Thread.ofVirtual()
          .uncaughtExceptionHandler((thread, error) -> errors.add(error))
          .start(() -> call("caller-" + number % agents, "r" + number, number % 2 == 0)));
    }
  }

  int answered() {
    return answered.get();
  }

  int refused() {
    return refused.get();
  }

  /** Returns when every caller knows his answer; throws what went wrong in one. */
  void finish() throws InterruptedException {
    for (Thread caller : callers) {
      caller.join();
    }
    errors.stream().findFirst().ifPresent(error -> {
      throw new AssertionError("a caller gave up", error);
    });
  }

  /** What the callers hold or have used, by what they were told. */
  int tokens() {
    return held.values().stream().mapToInt(Integer::intValue).sum();
  }

  int admitted() {
    return held.size();
  }

  private void call(String agent, String request, boolean ends) {
    HttpResponse<String> answer = until("/api/budgets/" + agent + "/admit", """
            {"requestId":"%s","estimatedInputTokens":150,"maxOutputTokens":50,
             "repo":"o/r","issueNumber":1}""".formatted(request));
    answered.incrementAndGet();
    if (answer.statusCode() == 429) {
      refused.incrementAndGet();
      return;
    }
    if (answer.statusCode() != 200 || !reservation(answer).equals(request)) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    held.put(request, ASKED_TOKENS);
    if (ends) {
      StringBuilder usage = new StringBuilder("{\"type\":\"TOKEN_USAGE\",\"repo\":\"o/r\"");
      usage.append(",\"issueNumber\":1,\"inputTokens\":30,\"outputTokens\":20");
      usage.append(",\"agentId\":\"").append(agent);
      usage.append("\",\"requestId\":\"").append(request);
      usage.append("\",\"eventId\":\"used-").append(request).append("\"}");
      until("/api/events", usage.toString());
      held.put(request, USED_TOKENS);
    }
  }

  private static String reservation(HttpResponse<String> answer) {
    try {
      JsonNode body = JSON.readTree(answer.body());
      return body.path("requestId").asText();
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  /** As every client should: a broken connection or a 503 says nothing, so ask again. */
  private HttpResponse<String> until(String path, String body) {
    while (true) {
      try {
        HttpResponse<String> answer = rig.send(path, body);
        if (answer.statusCode() != 503) {
          return answer;
        }
      } catch (IOException down) {
        // Killed, or not listening yet.
      } catch (Exception stopping) {
        throw new AssertionError(stopping);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(COME_AGAIN.toNanos());
    }
  }
}
