package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.embedded.tidy.Repo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial's script takes an issue from filed to done with curl, on a running rig. */
class ExitCycleTest {
  private static final String SCRIPT = "docs/tutorial/from-issue-to-done.sh";

  @TempDir
  Path data;

  @Test
  void shouldTakeAnIssueFromFiledToDoneWithCurlAlone() throws Exception {
    // given
    Path said = data.resolve("said.txt");
    try (RigProcess rig = RigProcess.start(data)) {
      // when
      int status = new ProcessBuilder(
              "bash", Repo.root().resolve(SCRIPT).toString(), rig.uri("").toString(), "o/r", "7")
          .redirectErrorStream(true)
          .redirectOutput(said.toFile())
          .start()
          .waitFor();

      // then
      assertThat(status).as(Files.readString(said)).isZero();
      JsonNode issue = rig.json("/api/issues/o%2Fr/7");
      assertThat(issue.path("state").asText()).isEqualTo("done");
      List<String> types = new ArrayList<>();
      rig.json("/api/events/stream?id=o/r%237").forEach(event -> {
        types.add(event.path("type").asText());
        assertThat(event.has("mark")).as(event.toString()).isFalse();
      });
      assertThat(types)
          .containsExactly(
              "IssueApproved",
              "IssueAssigned",
              "WorkStarted",
              "BranchCreated",
              "PrCreated",
              "CiPassed",
              "ReviewAssigned",
              "ReviewPassed",
              "Merged",
              "DeployedStaging",
              "SmokePassed",
              "DeployedProduction",
              "Verified",
              "IssueDone");
    }
  }
}
