package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand callers against one limit while the process is killed (-9) and restarted on the same
 * data: what they were told adds up to no more than the limit, and to what the book says.
 */
class AdmissionKillTest {
  private static final int REQUESTS = 1_000;
  private static final int AGENTS = 40;
  private static final int LIMIT_TOKENS = 60_000;
  private static final int KILLS = 2;
  private static final Duration SETTLED_MAX = Duration.ofSeconds(60);

  @TempDir
  Path data;

  @Test
  void shouldNeverAdmitMoreThanTheLimitWhenKilledWhileAThousandAsk() throws Exception {
    // given
    Files.createDirectories(data.resolve("rig"));
    Files.writeString(
        data.resolve("rig/budgets.yaml"), "issues: {tokens: %d}\n".formatted(LIMIT_TOKENS));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (RigProcess rig = RigProcess.start(data)) {
      AdmissionFleet fleet = new AdmissionFleet(rig);

      // when
      fleet.start(REQUESTS, AGENTS);
      for (int kill = 1; kill <= KILLS; kill++) {
        int until = kill * REQUESTS / (KILLS + 2) + random.nextInt(REQUESTS / 10);
        Awaitility.await()
            .atMost(SETTLED_MAX)
            .pollInterval(Duration.ofMillis(2))
            .until(() -> fleet.answered() >= until);
        rig.kill();
        rig.startAgain();
      }
      fleet.finish();

      // then
      assertThat(fleet.tokens()).as("seed=" + seed).isLessThanOrEqualTo(LIMIT_TOKENS);
      assertThat(fleet.refused()).as("the limit was felt").isPositive();
      Awaitility.await().atMost(SETTLED_MAX).untilAsserted(() -> {
        JsonNode limit = issue(rig);
        int counted = limit.path("spent").asInt() + limit.path("reserved").asInt();
        assertThat(counted).as("seed=%d %s", seed, limit).isEqualTo(fleet.tokens());
      });
    }
  }

  private static JsonNode issue(RigProcess rig) throws Exception {
    for (JsonNode shared : rig.json("/api/budgets").path("shared")) {
      if (shared.path("scopeId").asText().equals("o/r#1")) {
        return shared.path("limits").get(0);
      }
    }
    throw new AssertionError("no limit of the issue");
  }
}
