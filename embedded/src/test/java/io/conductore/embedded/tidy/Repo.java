package io.conductore.embedded.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text files that git tracks or would track with the next commit. Generated code is ignored by
 * git, so it is not here.
 */
public record Repo(List<TrackedFile> files) {

  private static final int FILE_BYTES_MAX = 4 * 1024 * 1024;

  /** An invented repository, for seeds: path, text, path, text. */
  static Repo of(String... pathsAndTexts) {
    return new Repo(Stream.iterate(0, i -> i < pathsAndTexts.length, i -> i + 2)
        .map(i -> new TrackedFile(pathsAndTexts[i], pathsAndTexts[i + 1]))
        .toList());
  }

  public static Repo at(Path root) {
    return new Repo(
        listed(root).stream().flatMap(path -> read(root, path).stream()).toList());
  }

  /**
   * The nearest folder with a pom.xml and a rig, from {@code rig.root} or else from here upwards.
   */
  public static Path root() {
    var given = System.getProperty("rig.root");
    var start = Path.of(given == null ? "" : given).toAbsolutePath().normalize();
    return Stream.iterate(start, path -> path != null, Path::getParent)
        .filter(path -> Files.exists(path.resolve("pom.xml")) && Files.exists(path.resolve("rig")))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no folder with pom.xml and rig above " + start));
  }

  boolean hasFileOrFolder(String path) {
    var folder = path.endsWith("/") ? path : path + "/";
    return path.isEmpty()
        || files.stream()
            .anyMatch(file -> file.path().equals(path) || file.path().startsWith(folder));
  }

  Optional<TrackedFile> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  private static List<String> listed(Path root) {
    try {
      var git = new ProcessBuilder(
              "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
          .directory(root.toFile())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      var out = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (git.waitFor() != 0) {
        throw new IllegalStateException("git ls-files failed in " + root);
      }
      return Arrays.stream(out.split("\0")).distinct().sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<TrackedFile> read(Path root, String path) {
    var file = root.resolve(path);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > FILE_BYTES_MAX) {
        return Optional.empty();
      }
      var text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return text.indexOf('\0') >= 0
          ? Optional.empty()
          : Optional.of(new TrackedFile(path, Files.readString(file, StandardCharsets.UTF_8)));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
