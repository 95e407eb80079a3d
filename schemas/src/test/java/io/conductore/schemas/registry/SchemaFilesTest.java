package io.conductore.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFilesTest {
  @TempDir
  Path temp;

  @Test
  void shouldFindAgainWhatWasWrittenWhenOpenedAnew() throws IOException {
    // given
    Path folder = temp.resolve("not/there/yet");
    SchemaFiles.in(folder).write(7, Ping.SCHEMA$);
    // when
    SchemaFiles files = SchemaFiles.in(folder);
    // then
    assertThat(files.atStart()).containsOnlyKeys(7);
    assertThat(files.read(7)).hasValueSatisfying(s -> assertThat(s.getName()).isEqualTo("Ping"));
    assertThat(files.read(8)).isEmpty();
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).extracting(p -> p.getFileName().toString()).containsExactly("7.avsc");
    }
  }

  @Test
  void shouldTreatTornAndForeignFilesAsAbsent() throws IOException {
    // given
    SchemaFiles.in(temp).write(7, Ping.SCHEMA$);
    String text = Files.readString(temp.resolve("7.avsc"));
    Files.writeString(temp.resolve("8.avsc"), text.substring(0, text.length() - 1));
    Files.writeString(temp.resolve("9.avsc"), "");
    Files.write(temp.resolve("10.avsc"), new byte[] {0, -1, -2});
    Files.writeString(temp.resolve("0.avsc"), text);
    Files.writeString(temp.resolve("9999999999.avsc"), text);
    Files.writeString(temp.resolve("notes.avsc"), text);
    Files.createDirectory(temp.resolve("11.avsc"));
    // when
    SchemaFiles files = SchemaFiles.in(temp);
    // then
    assertThat(files.atStart()).containsOnlyKeys(7);
  }

  @Test
  void shouldReadNoPrefixOfAFileAsAnotherSchema() throws IOException {
    // given
    SchemaFiles files = SchemaFiles.in(temp);
    files.write(7, Ping.SCHEMA$);
    byte[] whole = Files.readAllBytes(temp.resolve("7.avsc"));
    for (int length = 0; length < whole.length; length++) {
      // when
      Files.write(temp.resolve("7.avsc"), Arrays.copyOf(whole, length));
      // then
      assertThat(files.read(7)).as("length %d", length).isEmpty();
    }
  }

  @Test
  void shouldFailEarlyWhenTheFolderIsAFile() throws IOException {
    // given
    Path file = Files.createFile(temp.resolve("file"));
    // then
    assertThatThrownBy(() -> SchemaFiles.in(file)).isInstanceOf(IOException.class);
  }
}
