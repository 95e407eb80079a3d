package io.conductore.embedded.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.embedded.data.LogTail;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
  private final StringWriter seen = new StringWriter();

  @TempDir
  private Path folder;

  private Path log;
  private LogFollower follower;

  @BeforeEach
  void shouldBeginAtTheEndWhenTheLogHasLines() throws IOException {
    log = Files.writeString(folder.resolve("conductor.log"), "old\n");
    follower = new LogFollower(log, new PrintWriter(seen));
  }

  @Test
  void shouldPassOnWholeLinesWhenTheyGrow() throws IOException {
    // given
    append("one\ntw");
    follower.passOn();

    // when
    append("ö\n");
    follower.passOn();

    // then
    assertThat(seen.toString()).isEqualTo("one\ntwö\n");
  }

  @Test
  void shouldBeginAnewWhenTheLogIsRolled() throws IOException {
    // given
    Files.writeString(log, "");
    follower.passOn();

    // when
    append("new\n");
    follower.passOn();

    // then
    assertThat(seen.toString()).isEqualTo("new\n");
  }

  @Test
  void shouldShowTheLastLinesWhenThereAreMore() throws IOException {
    // given
    append("one\ntwo\n");

    // when
    var lines = LogTail.lastLines(log, 2);

    // then
    assertThat(lines).containsExactly("one", "two");
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.APPEND);
  }
}
