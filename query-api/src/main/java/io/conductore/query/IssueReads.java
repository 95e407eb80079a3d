package io.conductore.query;

import io.conductore.query.http.Params;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.query.read.IssueView;
import io.conductore.query.read.MergeGate;
import io.conductore.query.read.Questions;
import io.conductore.query.read.StoreReader;
import io.conductore.schemas.Feed;
import io.conductore.topology.lifecycle.IssueState;
import io.conductore.topology.lifecycle.Phase;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The routes that ask about issues, and whether a pull request may be merged. */
final class IssueReads {
  private static final int LIMIT_DEFAULT = 1_000;
  private static final Set<String> STATES =
      Set.of("queued", "assigned", "in_progress", "in_review", "deploying", "done", "failed");

  private final Supplier<Backbone> backbone;

  private record Issues(List<IssueView> issues, boolean complete) {}

  IssueReads(Supplier<Backbone> backbone) {
    this.backbone = backbone;
  }

  /** In the order of their numbers, repository by repository. */
  void issues(Context ctx) {
    Predicate<IssueState> wanted = wanted(ctx);
    int limit = (int) Params.whole(ctx, "limit", 1, Questions.ISSUES_MAX, LIMIT_DEFAULT);
    Asking.all(ctx, backbone.get(), Feed.LIFECYCLE)
        .answer(Questions::issues, found -> issues(found, wanted, limit));
  }

  /** The repository is one part of the path, its slash written as %2F, or two. */
  void issue(Context ctx) {
    String repo = ctx.pathParamMap().containsKey("owner")
        ? Params.path(ctx, "owner") + "/" + Params.path(ctx, "repo")
        : Params.path(ctx, "repo");
    String issue = repo + "#" + number(Params.path(ctx, "number"));
    Asking.about(ctx, backbone.get(), Feed.LIFECYCLE, issue)
        .answer(questions -> questions.issue(issue), IssueView::of);
  }

  void mergeGate(Context ctx) {
    String repo = Params.required(ctx, "repo");
    Params.required(ctx, "pr");
    int prNumber = (int) Params.whole(ctx, "pr", 1, Integer.MAX_VALUE, 1);
    Asking.all(ctx, backbone.get(), Feed.LIFECYCLE)
        .answer(
            questions -> questions.issuesOf(repo, prNumber),
            linked -> MergeGate.of(prNumber, linked));
  }

  private static Issues issues(
      StoreReader.Rows<String, IssueState> found, Predicate<IssueState> wanted, int limit) {
    List<IssueView> all = found.rows().stream()
        .map(row -> row.value)
        .filter(wanted)
        .map(IssueView::of)
        .sorted(Comparator.comparing(IssueView::repo).thenComparingInt(IssueView::number))
        .toList();
    boolean complete = found.complete() && all.size() <= limit;
    return new Issues(all.stream().limit(limit).toList(), complete);
  }

  private static Predicate<IssueState> wanted(Context ctx) {
    Optional<String> state = Params.text(ctx, "state");
    Optional<String> repo = Params.text(ctx, "repo");
    if (state.isPresent() && !STATES.contains(state.get())) {
      throw new ProblemException(Problem.invalidParameter(
          "state",
          "state is one of queued, assigned, in_progress, in_review, deploying, done, failed."));
    }
    return issue -> !(issue.phase() instanceof Phase.Unknown)
        && state.map(issue.phase().wireName()::equals).orElse(true)
        && repo.map(name -> issue.streamId().startsWith(name + "#")).orElse(true);
  }

  private static int number(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw wrongNumber();
    }
    throw wrongNumber();
  }

  private static ProblemException wrongNumber() {
    return new ProblemException(
        Problem.invalidParameter("number", "number must be a whole number above zero."));
  }
}
