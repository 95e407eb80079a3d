package io.conductore.embedded.tidy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A house rule: a name for people and a pure check. */
public record Rule(String name, Function<Repo, Stream<Finding>> check) {

  /** A rule that looks at one file at a time. */
  static Rule perFile(String name, Function<TrackedFile, Stream<Finding>> check) {
    return new Rule(name, repo -> repo.files().stream().flatMap(check));
  }

  public static List<Rule> all() {
    return Stream.of(SizeRules.ALL, NameRules.ALL, CallRules.ALL, TextRules.ALL, DocRules.ALL)
        .flatMap(List::stream)
        .toList();
  }

  public List<Finding> findingsIn(Repo repo) {
    return check.apply(repo).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
