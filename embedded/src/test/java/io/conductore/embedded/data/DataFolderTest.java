package io.conductore.embedded.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private static final DataFolder.FreeBytes PLENTY = folder -> DataFolder.DISK_FREE_BYTES_MIN;

  @TempDir
  private Path parent;

  @Test
  void shouldMarkTheFolderWhenItIsNew() throws IOException {
    // given
    var folder = parent.resolve("some/where");

    // when
    var outcome = DataFolder.open(folder, PLENTY);

    // then
    assertThat(outcome).isInstanceOf(OpenOutcome.Opened.class);
    assertThat(folder.resolve("VERSION")).hasContent("1");
  }

  @Test
  void shouldRefuseWhenTheLayoutIsOfAnotherVersion() throws IOException {
    // given
    Files.writeString(parent.resolve("VERSION"), "2\n");

    // when
    var outcome = DataFolder.open(parent, PLENTY);

    // then
    assertThat(sentence(outcome)).contains("has layout version 2", "knows version 1", "--data");
    assertThat(parent.resolve("lock")).doesNotExist();
  }

  @Test
  void shouldRefuseWhenTheFolderHoldsSomethingElse() throws IOException {
    // given
    Files.writeString(parent.resolve("thesis.tex"), "");

    // when
    var outcome = DataFolder.open(parent, PLENTY);

    // then
    assertThat(sentence(outcome)).contains("holds something else");
    assertThat(parent.resolve("VERSION")).doesNotExist();
  }

  @Test
  void shouldOpenWhenLauncherAndOperatorWereThereFirst() throws IOException {
    // given
    Files.writeString(parent.resolve("up.log"), "");
    Files.writeString(parent.resolve("budgets.yaml"), "");

    // when
    var outcome = DataFolder.open(parent, PLENTY);

    // then
    assertThat(outcome).isInstanceOf(OpenOutcome.Opened.class);
  }

  @Test
  void shouldNameTheHolderWhenTheFolderIsInUse() throws IOException {
    // given
    DataFolder.open(parent, PLENTY);

    // when
    var second = DataFolder.open(parent, PLENTY);

    // then
    long self = ProcessHandle.current().pid();
    assertThat(second).isEqualTo(new OpenOutcome.Held(parent.toRealPath(), self));
    assertThat(sentence(second)).contains("process " + self, "rig down");
    assertThat(FolderLock.holder(new Layout(parent))).hasValue(self);
  }

  @Test
  void shouldOpenAgainWhenItWasClosed() throws IOException {
    // given
    var first = (OpenOutcome.Opened) DataFolder.open(parent, PLENTY);
    first.folder().close();

    // when
    var holder = FolderLock.holder(new Layout(parent));
    var second = DataFolder.open(parent, PLENTY);

    // then
    assertThat(holder).isEmpty();
    assertThat(second).isInstanceOf(OpenOutcome.Opened.class);
  }

  @Test
  void shouldRefuseWhenTheDiskIsFull() {
    // given
    DataFolder.FreeBytes little = folder -> DataFolder.DISK_FREE_BYTES_MIN - 1;

    // when
    var outcome = DataFolder.open(parent, little);

    // then
    assertThat(sentence(outcome)).contains("511 MiB free", "at least 512 MiB");
    assertThat(parent.resolve("VERSION")).doesNotExist();
  }

  @Test
  void shouldRefuseWhenTheFolderCannotBeMade() throws IOException {
    // given
    var file = Files.writeString(parent.resolve("file"), "");

    // when
    var outcome = DataFolder.open(file.resolve("below"), PLENTY);

    // then
    assertThat(sentence(outcome)).contains("cannot be used", "--data");
  }

  @Test
  void shouldRefuseWhenThePathHasAComma() {
    // when
    var outcome = DataFolder.open(parent.resolve("a,b"), PLENTY);

    // then
    assertThat(sentence(outcome)).contains("comma");
  }

  private static String sentence(OpenOutcome outcome) {
    assertThat(outcome).isInstanceOf(OpenOutcome.Refused.class);
    var sentence = ((OpenOutcome.Refused) outcome).sentence();
    assertThat(sentence).doesNotContain("\n");
    return sentence;
  }
}
