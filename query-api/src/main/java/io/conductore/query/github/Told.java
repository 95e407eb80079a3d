package io.conductore.query.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** What a delivery says. */
public sealed interface Told {
  /** Nothing that an issue of the rig is moved by. */
  record Ignored(String why) implements Told {}

  /** An event about an issue that the delivery names. */
  record OfIssue(String repo, int issueNumber, ObjectNode event) implements Told {}

  /**
   * An event about the issues of pull requests.
   *
   * @param prNumbers usually one; none is ignored
   * @param issues that the delivery itself names, by "Fixes #12" or the branch
   * @param opens true if the delivery's own word counts more than what is known
   * @param event without prNumber, repo and issueNumber
   */
  record OfPulls(
      String repo, List<Integer> prNumbers, Set<Integer> issues, boolean opens, ObjectNode event)
      implements Told {}
}
