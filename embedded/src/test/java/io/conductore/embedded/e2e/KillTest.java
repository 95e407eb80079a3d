package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 under load, then a restart: every acknowledged event is there once, and the state equals
 * a pure sum over the distinct events. The checker is shown to see a lost and a doubled event.
 */
class KillTest {
  private static final int KILLS = 3;
  private static final int WRITERS = 4;
  private static final int AGENTS = 6;
  private static final int EVENTS_BETWEEN_KILLS = 400;
  private static final int STREAM_PAGE = 500;
  private static final String USAGE = """
      {"type":"TOKEN_USAGE","eventId":"%s","agentId":"%s","repo":"o/r",
       "sessionId":"s","model":"claude-sonnet-4-6","inputTokens":%d}""";

  @TempDir
  Path data;

  /** One event of the load: enough to say what the state must be. */
  private record Sent(String eventId, String agentId, long inputTokens) {
    String json() {
      return USAGE.formatted(eventId, agentId, inputTokens);
    }
  }

  /** What the API says about one agent. */
  private record Seen(List<String> eventIds, long inputTokens, String costUsd) {}

  @Test
  void shouldLoseAndDoubleNothingWhenKilledUnderLoad() throws Exception {
    // given
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ConcurrentLinkedQueue<Sent> acknowledged = new ConcurrentLinkedQueue<>();
    AtomicBoolean done = new AtomicBoolean();
    try (RigProcess rig = RigProcess.start(data)) {
      List<Thread> writers = new ArrayList<>();
      AtomicInteger numbers = new AtomicInteger();
      for (int i = 0; i < WRITERS; i++) {
        long own = random.nextLong();
        writers.add(Thread.ofVirtual()
            .start(() -> write(rig, new Random(own), numbers, acknowledged, done)));
      }

      // when
      for (int kill = 1; kill <= KILLS; kill++) {
        int until = acknowledged.size() + EVENTS_BETWEEN_KILLS + random.nextInt(200);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= until);
        rig.kill();
        rig.startAgain();
      }
      int end = acknowledged.size() + EVENTS_BETWEEN_KILLS;
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= end);
      done.set(true);
      for (Thread writer : writers) {
        writer.join();
      }

      // then
      Map<String, Seen> model = model(acknowledged);
      Awaitility.await()
          .atMost(Duration.ofSeconds(120))
          .ignoreExceptions()
          .untilAsserted(() ->
              assertThat(differences(model, observe(rig))).as("seed=" + seed).isEmpty());
      assertThat(acknowledged).hasSizeGreaterThan(KILLS * EVENTS_BETWEEN_KILLS);
    }
  }

  @Test
  void shouldSeeALostAndADoubledEvent() {
    // given
    List<Sent> sent =
        List.of(new Sent("e1", "a", 5), new Sent("e2", "a", 6), new Sent("e3", "b", 7));
    Map<String, Seen> model = model(sent);
    Map<String, Seen> lost = model(sent.subList(0, 2));
    Map<String, Seen> doubled = new HashMap<>(model);
    doubled.put("b", new Seen(List.of("e3", "e3"), 14, "0.000042"));

    // when / then
    assertThat(differences(model, model)).isEmpty();
    assertThat(differences(model, lost)).isNotEmpty();
    assertThat(differences(model, doubled)).isNotEmpty();
  }

  /** Sends each event until it is acknowledged, and one in ten once more. */
  private static void write(
      RigProcess rig,
      Random random,
      AtomicInteger numbers,
      ConcurrentLinkedQueue<Sent> acknowledged,
      AtomicBoolean done) {
    while (!done.get()) {
      int number = numbers.incrementAndGet();
      Sent event = new Sent("event-" + number, "agent-" + number % AGENTS, random.nextInt(1_000));
      boolean sent = false;
      while (!sent) {
        sent = isAcknowledged(rig, event);
      }
      acknowledged.add(event);
      if (random.nextInt(10) == 0) {
        isAcknowledged(rig, event);
      }
    }
  }

  private static boolean isAcknowledged(RigProcess rig, Sent event) {
    try {
      HttpResponse<String> answer = rig.post(event.json());
      if (answer.statusCode() >= 400 && answer.statusCode() < 500) {
        throw new AssertionError(answer.body());
      }
      return answer.statusCode() == 200;
    } catch (Exception away) {
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      return false;
    }
  }

  /** The pure fold of the distinct events. */
  private static Map<String, Seen> model(Iterable<Sent> events) {
    Map<String, Map<String, Sent>> distinct = new TreeMap<>();
    for (Sent event : events) {
      distinct
          .computeIfAbsent(event.agentId(), agent -> new TreeMap<>())
          .put(event.eventId(), event);
    }
    Map<String, Seen> model = new TreeMap<>();
    distinct.forEach((agent, byId) -> {
      long tokens = byId.values().stream().mapToLong(Sent::inputTokens).sum();
      model.put(agent, new Seen(List.copyOf(byId.keySet()), tokens, cost(tokens)));
    });
    return model;
  }

  /** Three dollars a million. */
  private static String cost(long tokens) {
    return java.math.BigDecimal.valueOf(tokens * 3, 6).stripTrailingZeros().toPlainString();
  }

  private static Map<String, Seen> observe(RigProcess rig) throws Exception {
    Map<String, Seen> seen = new TreeMap<>();
    for (int i = 0; i < AGENTS; i++) {
      String agent = "agent-" + i;
      JsonNode total = rig.json("/api/usage?agentId=" + agent).path("total");
      seen.put(
          agent,
          new Seen(
              stream(rig, agent),
              total.path("inputTokens").asLong(),
              total.path("costUsd").decimalValue().stripTrailingZeros().toPlainString()));
    }
    return seen;
  }

  /** Every id of the stream, sorted; the ordinals must be dense. */
  private static List<String> stream(RigProcess rig, String agent) throws Exception {
    List<String> ids = new ArrayList<>();
    long after = 0;
    while (true) {
      JsonNode page = rig.json(
          "/api/events/stream?id=%s&after=%d&limit=%d".formatted(agent, after, STREAM_PAGE));
      for (JsonNode entry : page) {
        after++;
        assertThat(entry.path("ordinal").asLong()).isEqualTo(after);
        ids.add(entry.path("id").asText());
      }
      if (page.size() < STREAM_PAGE) {
        ids.sort(null);
        return ids;
      }
    }
  }

  private static List<String> differences(Map<String, Seen> model, Map<String, Seen> seen) {
    List<String> differences = new ArrayList<>();
    model.forEach((agent, expected) -> {
      if (!expected.equals(seen.get(agent))) {
        differences.add(agent + ": expected " + expected + " but saw " + seen.get(agent));
      }
    });
    return differences;
  }
}
