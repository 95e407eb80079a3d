package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conductore.embedded.e2e.ClaimHistory.Seen;
import io.conductore.embedded.e2e.ClaimHistory.Streamed;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Claimers on a backlog while the process is killed (-9) and restarted on the same data: every
 * issue is handed out exactly once per attempt, none is lost, and the order is kept. `./rig chaos
 * claims` runs it at full size.
 */
class ClaimKillTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SETTLED_MAX = Duration.ofSeconds(120);
  private static final int SLOTS = 50;

  @TempDir
  Path data;

  /** How much; the full size is the promise's, the other one fits into every build. */
  private record Size(int claimers, int issues, int kills) {
    static Size chosen() {
      return "full".equals(System.getProperty("rig.chaos"))
          ? new Size(200, 1_000, 5)
          : new Size(60, 300, 2);
    }

    int perPhase() {
      return issues / (kills + 1);
    }
  }

  @Test
  void shouldHandOutEveryIssueOnceWhenKilledWhileAgentsClaim() throws Exception {
    // given
    Size size = Size.chosen();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (RigProcess rig = RigProcess.start(data)) {
      List<String> order = file(rig, size, random);
      ClaimFleet fleet = new ClaimFleet(rig);
      fleet.start(size.claimers());

      // when
      for (int kill = 0; kill < size.kills(); kill++) {
        fleet.permit(size.perPhase());
        int until = kill * size.perPhase() + random.nextInt(size.perPhase() / 2);
        awaitGiven(fleet, until);
        assertThat(fleet.given()).as("work remains").isLessThan(size.issues());
        rig.kill();
        rig.startAgain();
      }
      fleet.permit(size.issues() - size.kills() * size.perPhase());
      awaitGiven(fleet, size.issues());
      ClaimHistory history = fleet.finish();

      // then
      Map<String, List<Streamed>> streams = new TreeMap<>();
      Awaitility.await().atMost(SETTLED_MAX).ignoreExceptions().untilAsserted(() -> {
        streams.putAll(streams(rig, order));
        assertThat(streams.values()).noneMatch(List::isEmpty);
      });
      assertThat(history.wrongs(order, streams)).as("seed=" + seed).isEmpty();
      assertThat(history.assignments()).isEqualTo(size.issues());
      assertThat(history.count(Seen.Unknown.class)).as("kills were felt").isPositive();
      assertThat(history.count(Seen.Fail.class)).isGreaterThanOrEqualTo(size.claimers());
    }
  }

  private static void awaitGiven(ClaimFleet fleet, int claims) {
    Awaitility.await()
        .atMost(SETTLED_MAX)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(fleet.given()).isGreaterThanOrEqualTo(claims));
  }

  /** Agents with slots enough, then issues of mixed priorities; returns them in queue order. */
  private static List<String> file(RigProcess rig, Size size, Random random) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < size.claimers(); i++) {
      lines.append("{\"type\":\"AGENT_REGISTERED\",\"agentId\":\"claimer-%d\",\"slots\":%d}%n"
          .formatted(i, SLOTS));
    }
    send(rig, lines);
    List<String> priorities = List.of("critical", "high", "normal", "low");
    StringBuilder issues = new StringBuilder();
    for (int i = 1; i <= size.issues(); i++) {
      issues.append(
          "{\"type\":\"ISSUE_APPROVED\",\"repo\":\"o/r\",\"issueNumber\":%d,\"priority\":\"%s\"}%n"
              .formatted(i, priorities.get(random.nextInt(priorities.size()))));
    }
    send(rig, issues);
    Awaitility.await().atMost(SETTLED_MAX).ignoreExceptions().untilAsserted(() -> {
      assertThat(read(rig, "/api/queue/depth").path("depth").asInt()).isEqualTo(size.issues());
      for (int i = 0; i < size.claimers(); i++) {
        JsonNode cursor = read(rig, "/api/cursor?agentId=claimer-" + i);
        assertThat(cursor.path("slots").asInt()).isEqualTo(SLOTS);
      }
    });
    List<String> order = new ArrayList<>();
    rig.json("/api/queue")
        .path("issues")
        .forEach(issue -> order.add(issue.path("issue").asText()));
    return order;
  }

  private static void send(RigProcess rig, StringBuilder lines) throws Exception {
    assertThat(
            rig.post(lines.toString(), "Content-Type", "application/x-ndjson").statusCode())
        .isEqualTo(200);
  }

  /** At once or not at all: whoever asks for a thousand things comes again for all of them. */
  private static JsonNode read(RigProcess rig, String path) throws Exception {
    HttpResponse<String> answer = rig.get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** What the stream of each issue says about assignments, in its order. */
  private static Map<String, List<Streamed>> streams(RigProcess rig, List<String> issues)
      throws Exception {
    Map<String, List<Streamed>> streams = new TreeMap<>();
    for (String issue : issues) {
      List<Streamed> assignments = new ArrayList<>();
      read(rig, "/api/events/stream?id=" + issue.replace("#", "%23")).forEach(event -> {
        JsonNode fields = event.path("data");
        if (event.path("type").asText().equals("IssueAssigned")) {
          assignments.add(new Streamed(
              fields.path("agentId").asText(),
              fields.path("attempt").asInt(),
              fields.path("leaseToken").asLong()));
        }
      });
      streams.put(issue, assignments);
    }
    return streams;
  }
}
