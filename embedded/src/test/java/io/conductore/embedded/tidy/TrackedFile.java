package io.conductore.embedded.tidy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A text file of the repository: its path from the root, with slashes, and what is in it. */
public record TrackedFile(String path, String text) {

  boolean isJava() {
    return path.endsWith(".java");
  }

  boolean isMainJava() {
    return isJava() && path.contains("/src/main/java/");
  }

  boolean isTestJava() {
    return isJava() && path.contains("/src/test/java/");
  }

  boolean isMarkdown() {
    return path.endsWith(".md");
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The folder with its trailing slash; empty for a file at the root. */
  String folder() {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /** The text with comments and literals blanked; every other character is where it was. */
  TrackedFile codeOnly() {
    return new TrackedFile(path, JavaMask.mask(text));
  }

  /** A finding for each line in which the pattern occurs. */
  Stream<Finding> linesWith(Pattern pattern, String advice) {
    var lines = lines();
    return IntStream.range(0, lines.size())
        .filter(i -> pattern.matcher(lines.get(i)).find())
        .mapToObj(i -> new Finding(path, i + 1, advice));
  }
}
