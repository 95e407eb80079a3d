package io.conductore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rig stuck explain} over the recorded runs: an alarm on the loop and on nothing else. */
class StuckExplainTest {
  @TempDir
  Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldCallTheLoopStuckAndNobodyElseWhenItReadsAllRuns() {
    // given
    Path data = data();

    // when
    int code = rig("stuck", "explain", data.toString());

    // then
    assertThat(code).isZero();
    assertThat(out.toString().lines().filter(line -> line.contains(": STUCK: ")))
        .singleElement()
        .asString()
        .contains("loop-json");
    assertThat(out.toString()).containsPattern("1 of \\d+ runs are stuck");
  }

  @Test
  void shouldShowTheEvidenceWhenARunIsStuck() {
    // given
    Path loop = data().resolve("claude-code-live/loop-json/transcript.jsonl");

    // when
    rig("stuck", "explain", loop.toString());

    // then
    assertThat(out.toString())
        .contains("AGENT_NUDGED same-error", "AGENT_STUCK same-error")
        .contains("Bash failed with the same error, 3 times in a row")
        .containsPattern("[0-9a-f-]{36}  2026-\\S+  turn \\d+  Bash\\([0-9a-f]{16}\\)  failed: ");
  }

  @Test
  void shouldJudgeByTheGivenThresholdsWhenThereIsAFile() throws IOException {
    // given
    Path rules = folder.resolve("stuck.yaml");
    Files.writeString(rules, "default: {same-error: off, same-tool: off, cycle: off}");
    Path loop = data().resolve("claude-code-live/loop-json/transcript.jsonl");

    // when
    int code = rig("stuck", "explain", "--rules", rules.toString(), loop.toString());

    // then
    assertThat(code).isZero();
    assertThat(out.toString()).contains("not stuck", "0 of 1 runs are stuck");
  }

  @Test
  void shouldNameWhatIsWrongWhenAFileOrARuleIs() throws IOException {
    // given
    Path rules = folder.resolve("stuck.yaml");
    Files.writeString(rules, "default: {same-tol: off}");

    // when
    int missing = rig("stuck", "explain", folder.resolve("none.jsonl").toString());
    int wrong = rig("stuck", "explain", "--rules", rules.toString(), folder.toString());

    // then
    assertThat(missing).isEqualTo(1);
    assertThat(wrong).isEqualTo(2);
    assertThat(err.toString()).contains("no such file", "default.same-tol");
  }

  private int rig(String... arguments) {
    return Rig.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private static Path data() {
    String elsewhere = System.getenv("RIG_DATA");
    Path data = elsewhere == null
        ? Path.of(System.getProperty("rig.root"), "..", "shared", "data").normalize()
        : Path.of(elsewhere);
    assertThat(data).isDirectory();
    return data;
  }
}
