package io.conductore.agent.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.agent.ship.EventBatch;
import io.conductore.agent.ship.PostOutcome;
import io.conductore.agent.transcript.Labels;
import io.conductore.agent.transcript.RealRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportRunTest {
  private static final String LINE = "{\"type\":\"assistant\",\"sessionId\":\"s\","
      + "\"message\":{\"id\":\"m%d\",\"content\":\"hi\"}}\n";

  @TempDir
  private Path folder = Path.of(".");

  private final List<Integer> batches = new ArrayList<>();

  @Test
  void shouldAccountForEverythingWhenImportingRealRuns() throws Exception {
    // when
    ImportReport report = run(Destination.NOWHERE, RealRuns.data());

    // then
    assertThat(report.filesRead()).isEqualTo(13);
    assertThat(report.filesSkipped()).isZero();
    assertThat(report.filesFailed()).isZero();
    assertThat(report.brokenLines()).isEqualTo(6);
    assertThat(report.complaints()).hasSize(6).allMatch(line -> line.contains("edge_cases.jsonl:"));
    assertThat(report.delivered()).isEqualTo(report.events()).isPositive();
    assertThat(report.eventsByType().keySet())
        .containsExactly("TOKEN_USAGE", "TOOL_CALL", "TURN_COMPLETED");
    assertThat(report.exitCode()).isZero();
    assertThat(String.join("\n", ImportSummary.lines(report, true)))
        .contains("13  read", "6  lines in 1 files", "dry run");
  }

  @Test
  void shouldFillBatchesAcrossFilesWhenThereAreMany() throws Exception {
    // given
    for (int file = 0; file < 3; file++) {
      write("f" + file + ".jsonl", file * 1_000, 900);
    }

    // when
    ImportReport report = run(this::take, folder);

    // then
    assertThat(batches).containsExactly(1_000, 1_000, 700);
    assertThat(report.delivered()).isEqualTo(2_700);
    assertThat(report.exitCode()).isZero();
  }

  @Test
  void shouldNameFileAndEventWhenOneIsRefused() throws Exception {
    // given
    Path file = write("a.jsonl", 0, 3);
    Destination refusing = batch -> new PostOutcome.Delivered(
        batch.size() - 1, List.of(new PostOutcome.RefusedEvent(1, "model", "no")));

    // when
    ImportReport report = run(refusing, file);

    // then
    assertThat(report.delivered()).isEqualTo(2);
    assertThat(report.refused()).isEqualTo(1);
    assertThat(report.complaints())
        .singleElement()
        .asString()
        .contains("a.jsonl", "TURN_COMPLETED", "model no");
    assertThat(report.exitCode()).isEqualTo(1);
  }

  @Test
  void shouldStopReadingWhenNobodyAnswers() throws Exception {
    // given
    write("a.jsonl", 0, 5_000);

    // when
    ImportReport report = run(batch -> new PostOutcome.Unreachable("gone"), folder);

    // then
    assertThat(report.unreachable()).contains("gone");
    assertThat(report.events()).isLessThan(1_100);
    assertThat(report.exitCode()).isEqualTo(3);
  }

  @Test
  void shouldStopWhenWholeBatchesKeepBeingRefused() throws Exception {
    // given
    write("a.jsonl", 0, 5_000);

    // when
    ImportReport report = run(batch -> new PostOutcome.Refused(401, "no token"), folder);

    // then
    assertThat(report.refused()).isEqualTo(3_000);
    assertThat(report.exitCode()).isEqualTo(1);
  }

  @Test
  void shouldSkipOtherFilesInAFolderButComplainWhenTheyAreNamed() throws Exception {
    // given
    Path other = Files.writeString(folder.resolve("rows.jsonl"), "{\"id\":1}\n{\"id\":2}\n");
    Path hook = Files.writeString(folder.resolve("hook-01-start.json"), "{}");
    Path missing = folder.resolve("missing.jsonl");

    // when
    ImportReport walked = run(Destination.NOWHERE, folder);
    ImportReport named = run(Destination.NOWHERE, other, hook, missing);

    // then
    assertThat(walked.filesSkipped()).isEqualTo(1);
    assertThat(walked.exitCode()).isZero();
    assertThat(named.filesFailed()).isEqualTo(3);
    assertThat(named.exitCode()).isEqualTo(1);
    assertThat(named.complaints())
        .anyMatch(line -> line.contains("rows.jsonl: holds no run"))
        .anyMatch(line -> line.contains("hook-01-start.json: neither"))
        .anyMatch(line -> line.contains("missing.jsonl: no such file"));
  }

  @Test
  void shouldReadAFileOnceWhenItIsNamedTwice() throws Exception {
    // given
    Path file = write("a.jsonl", 0, 2);

    // when
    ImportReport report = run(this::take, file, folder, folder.resolve(".").resolve("a.jsonl"));

    // then
    assertThat(report.filesRead()).isEqualTo(1);
    assertThat(report.events()).isEqualTo(2);
  }

  @Test
  void shouldListOnlyTheFirstWhenMuchIsBroken() throws Exception {
    // given
    Path file = Files.writeString(
        folder.resolve("a.jsonl"), LINE.formatted(1) + "garbage\n".repeat(50_000));

    // when
    ImportReport report = run(Destination.NOWHERE, file);

    // then
    assertThat(report.brokenLines()).isEqualTo(50_000);
    assertThat(report.complaints()).hasSize(100);
    assertThat(report.complaintsNotListed()).isEqualTo(49_900);
  }

  @Test
  void shouldRedrawOneLineWhenOnATerminal() {
    // given
    StringWriter text = new StringWriter();
    Instant[] now = {Instant.EPOCH};
    ImportProgress progress = new ImportProgress(new PrintWriter(text), true, () -> now[0]);

    // when
    progress.started(1, 4 << 20);
    now[0] = Instant.EPOCH.plusSeconds(2);
    progress.advanced(1 << 20, 1_234);
    progress.advanced(2 << 20, 2_000);
    progress.ended(1_234);

    // then
    assertThat(text.toString())
        .contains(
            "[######------------------]  25 %  1.0 MiB of 4.0 MiB  0.5 MiB/s",
            "1,234 events  0:00:06 left")
        .doesNotContain("2,000")
        .startsWith("\r");
  }

  @Test
  void shouldPrintPlainLinesWhenNotOnATerminal() {
    // given
    StringWriter text = new StringWriter();
    ImportProgress progress =
        new ImportProgress(new PrintWriter(text), false, InstantSource.fixed(Instant.EPOCH));

    // when
    progress.started(2, 1 << 20);
    progress.advanced(10, 1);
    progress.ended(1);

    // then
    assertThat(text.toString().lines())
        .containsExactly("importing 2 files, 1.0 MiB", "read 1 events in 0:00:00");
  }

  private ImportReport run(Destination destination, Path... paths) throws InterruptedException {
    ImportProgress progress = new ImportProgress(
        new PrintWriter(new StringWriter()), false, InstantSource.fixed(Instant.EPOCH));
    return new ImportRun(Labels.none(), destination, progress)
        .run(ImportFiles.below(List.of(paths)));
  }

  private PostOutcome take(EventBatch batch) {
    batches.add(batch.size());
    return new PostOutcome.Delivered(batch.size(), List.of());
  }

  private Path write(String name, int from, int messages) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < messages; i++) {
      text.append(LINE.formatted(from + i));
    }
    return Files.writeString(folder.resolve(name), text);
  }
}
