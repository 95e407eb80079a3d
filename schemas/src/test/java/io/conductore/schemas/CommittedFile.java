package io.conductore.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in the repository that is made by a program: compared with what the program makes now. */
public final class CommittedFile {
  private static final boolean GENERATE = Boolean.getBoolean("rig.generate");

  private final Path path;
  private final String name;

  private CommittedFile(Path path, String name) {
    this.path = path;
    this.name = name;
  }

  /** By its path from the root of the repository. */
  public static CommittedFile at(String name) {
    Path root = Path.of(System.getProperty("rig.root", ".."));
    return new CommittedFile(root.resolve(name).normalize(), name);
  }

  /** True when this run writes the files in place of comparing them. */
  static boolean areWritten() {
    return GENERATE;
  }

  /** How to write what a test class compares. */
  static String howToWrite(Class<?> test) {
    return "run ./mvnw -pl schemas test -Dquick -Dtest="
        + test.getSimpleName()
        + " -Drig.generate=true";
  }

  /** Fails with the command that mends it when the file holds anything else. */
  public void shouldHold(String text, Class<?> test) {
    if (GENERATE) {
      write(text);
    }
    assertThat(exists() ? read() : "")
        .as("%s is not what its generator makes; %s", name, howToWrite(test))
        .isEqualTo(text);
  }

  public boolean exists() {
    return Files.exists(path);
  }

  String read() {
    try {
      return Files.readString(path);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  void write(String text) {
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
