package io.conductore.embedded.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.embedded.data.PartStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
  private static final Instant SINCE = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir
  private Path folder;

  @Test
  void shouldReadWhatWasWrittenWhenAllFieldsAreUsed() throws IOException {
    // given
    var status = new RunStatus(
        42,
        SINCE,
        List.of(
            new PartStatus("broker", State.UP, "127.0.0.1:9092", SINCE, OptionalLong.empty(), ""),
            new PartStatus("registry", State.DOWN, "", SINCE, OptionalLong.of(43), "it ended")));

    // when
    StatusFile.write(new Layout(folder), status);

    // then
    assertThat(StatusFile.read(new Layout(folder))).contains(status);
  }

  @Test
  void shouldFindNothingWhenThereIsNoFile() throws IOException {
    assertThat(StatusFile.read(new Layout(folder))).isEmpty();
  }

  @Test
  void shouldFindNothingWhenTheFileIsOfAnotherKind() throws IOException {
    // given
    for (var text : List.of("", "{", "[]", "{\"pid\":1,\"since\":\"yesterday\"}")) {
      Files.writeString(folder.resolve("status.json"), text);

      // when
      var read = StatusFile.read(new Layout(folder));

      // then
      assertThat(read).as(text).isEmpty();
    }
  }
}
