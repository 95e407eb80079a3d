package io.conductore.agent.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which calls wait, so that their unchanged results are no sign of a loop. */
class WaitingTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          sleep 60                          | SLEEPS
          sleep 5 && curl localhost:8080    | SLEEPS
          make; sleep 3                     | SLEEPS
          for i in 1 2; do sleep 1; done    | SLEEPS
          tail -n 5 build.log               | LOOKS
          curl -s localhost:8080/health     | LOOKS
          npm install                       | WORKS
          ./sleepy --wait                   | WORKS
          echo nosleep                      | WORKS
          catalogue build                   | WORKS
          """)
  void shouldTellWaitingFromWorkWhenItReadsACommand(String command, Waiting.Kind kind) {
    assertThat(Waiting.ofCommand(command)).isEqualTo(kind);
  }

  @Test
  void shouldCallALookAWaitWhenAJobRunsInTheBackground() throws IOException {
    // given
    Lines lines = new Lines()
        .model("m1", "2026-02-01T10:00:00Z", 1, bash("t1", "cat log", false))
        .result("t1", "2026-02-01T10:00:01Z", "nothing")
        .model("m2", "2026-02-01T10:00:02Z", 1, bash("t2", "npm run build", true))
        .result("t2", "2026-02-01T10:00:03Z", "running in the background as bash_1")
        .model("m3", "2026-02-01T10:00:04Z", 1, bash("t3", "cat log", false))
        .result("t3", "2026-02-01T10:00:05Z", "nothing")
        .model("m4", "2026-02-01T10:00:06Z", 1, bash("t4", "npm test", false))
        .result("t4", "2026-02-01T10:00:07Z", "ok")
        .model("m5", "2026-02-01T10:00:08Z", 1, Lines.use("t5", "BashOutput", "bash_1"))
        .result("t5", "2026-02-01T10:00:09Z", "<status>completed</status>")
        .model("m6", "2026-02-01T10:00:10Z", 1, bash("t6", "cat log", false))
        .result("t6", "2026-02-01T10:00:11Z", "nothing");

    // when
    List<ObjectNode> calls = RealRuns.ofType(lines.events(), "TOOL_CALL");

    // then
    assertThat(calls)
        .extracting(call -> call.path("waiting").asBoolean(false))
        .containsExactly(false, false, true, false, false, false);
  }

  private static String bash(String id, String command, boolean background) {
    return "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"Bash\",\"input\":{\"command\":\"%s\","
            .formatted(id, command)
        + "\"run_in_background\":%s}}".formatted(background);
  }
}
