package io.conductore.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Log;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.RigDriver;
import io.conductore.topology.head.Mark;
import io.conductore.topology.head.StreamKey;
import io.conductore.topology.state.StoreNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Any deliveries, legal or not, repeated and with restarts anywhere, lead where the model says, or
 * R0 fails.
 */
class LifecyclePropertyTest {
  private static final int SEEDS = 2_000;
  private static final int SEEDS_ON_STORES = 25;
  private static final int SEEDS_PER_BUG = 100;
  private static final int EVENTS = 60;
  private static final Set<String> PHASES = Set.of(
      "unknown", "queued", "assigned", "in_progress", "in_review", "deploying", "done", "failed");

  @TempDir
  Path folder;

  /** Bugs that the comparison with the model must find. */
  enum Bug {
    NONE,
    /** Folds a repeated event again. */
    COUNTS_REPEATS,
    /** Allows one CI round too many. */
    ONE_CI_ROUND_MORE,
    /** Allows one review round too many. */
    ONE_DISPUTE_MORE,
    /** Believes CI of any commit. */
    IGNORES_COMMITS,
    /** Lets everybody's token pass. */
    DOES_NOT_FENCE,
    /** Forgets the reviewers' side of an approval. */
    TAKES_EVERY_APPROVAL_AS_A_HUMANS
  }

  @Test
  void shouldEqualTheModelWhenAnythingComes() {
    Set<String> reached = new HashSet<>();
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      List<IssueLifecycle> deliveries = new IssueMix(seed, 1).deliveries(EVENTS);

      // when
      Run run = Run.of(deliveries, Bug.NONE);

      // then
      assertThat(run.facts())
          .as("seed=" + seed)
          .isEqualTo(IssueModel.of(deliveries).facts());
      assertThat(PHASES).as("seed=" + seed).containsAll(run.phases);
      reached.addAll(run.phases);
      marks.addAll(run.seen);
    }
    assertThat(reached).as("phases that were reached, or nothing was tried").isEqualTo(PHASES);
    assertThat(marks).containsExactlyInAnyOrder(Mark.values());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void shouldDifferFromTheModelWhenTheFoldHasABug(Bug bug) {
    // given
    int caught = 0;

    // when
    for (long seed = 0; seed < SEEDS_PER_BUG; seed++) {
      List<IssueLifecycle> deliveries = new IssueMix(seed, 1).deliveries(EVENTS);
      Map<String, Object> model = IssueModel.of(deliveries).facts();
      caught += Run.of(deliveries, bug).facts().equals(model) ? 0 : 1;
    }

    // then
    assertThat(caught).as("seeds on which %s was caught", bug).isPositive();
  }

  @Test
  void shouldEqualTheModelOnItsStoresWhenRestartedAnywhere() {
    int restarts = 0;
    for (long seed = 0; seed < SEEDS_ON_STORES; seed++) {
      // given
      IssueMix mix = new IssueMix(seed, 7);
      List<IssueLifecycle> deliveries = mix.deliveries(EVENTS);
      IssueModel model = new IssueModel();

      try (RigDriver rig = RigDriver.in(folder.resolve("seed" + seed))) {
        // when
        restarts += play(mix, deliveries, rig, model);

        // then
        Map<String, IssueState> issues = rig.all(StoreNames.ISSUES);
        assertThat(IssueFacts.of(issues.get("o/r#7"), marks(rig)))
            .as("seed=" + seed)
            .isEqualTo(model.facts());
      }
    }
    assertThat(restarts).as("restarts, or nothing was tried").isGreaterThan(SEEDS_ON_STORES);
  }

  /** Answers how often it restarted. */
  private static int play(
      IssueMix mix, List<IssueLifecycle> deliveries, RigDriver rig, IssueModel model) {
    int told = 0;
    int restarts = 0;
    for (IssueLifecycle delivery : deliveries) {
      rig.append(delivery);
      model.deliver(delivery);
      told = follow(rig, model, told);
      if (mix.oneIn(15)) {
        rig.restart();
        restarts++;
      }
    }
    return restarts;
  }

  /** What the graph wrote to the log itself is an event like any other. */
  private static int follow(RigDriver rig, IssueModel model, int told) {
    var written = rig.written(Log.LIFECYCLE.topic());
    written.subList(told, written.size()).stream()
        .map(record -> (IssueLifecycle) rig.decoded(Log.LIFECYCLE, record.value()))
        .forEach(model::deliver);
    return written.size();
  }

  private static List<String> marks(RigDriver rig) {
    Map<StreamKey, byte[]> entries = rig.all(StoreNames.LIFECYCLE_STREAMS);
    return entries.values().stream().map(entry -> word(Mark.of(entry))).toList();
  }

  private static String word(Mark mark) {
    return mark.wireName() == null ? "-" : mark.wireName();
  }

  /** The fold without a graph, and the same with a bug put in. */
  private static final class Run {
    private final Set<String> ids = new HashSet<>();
    private final Set<String> phases = new HashSet<>();
    private final Set<Mark> seen = EnumSet.noneOf(Mark.class);
    private final List<String> marks = new ArrayList<>();
    private final Bug bug;
    private final LifecycleFold fold;
    private IssueState issue = IssueState.opening("o/r#1");

    private Run(Bug bug) {
      this.bug = bug;
      this.fold = new LifecycleFold(
          switch (bug) {
            case ONE_CI_ROUND_MORE -> new LifecycleLimits(4, 3, 3);
            case ONE_DISPUTE_MORE -> new LifecycleLimits(3, 4, 3);
            default -> LifecycleLimits.DEFAULT;
          });
    }

    static Run of(List<IssueLifecycle> deliveries, Bug bug) {
      Run run = new Run(bug);
      deliveries.forEach(run::deliver);
      return run;
    }

    Map<String, Object> facts() {
      return IssueFacts.of(issue, marks);
    }

    private void deliver(IssueLifecycle event) {
      if (!ids.add(event.getEventId()) && bug != Bug.COUNTS_REPEATS) {
        return;
      }
      LifecycleFold.After after = fold.apply(issue, altered(event));
      issue = after.issue();
      marks.add(word(after.mark()));
      phases.add(issue.phase().wireName());
      seen.add(after.mark());
    }

    /** Changes the event itself; who asks for a bug is done with the model. */
    private IssueLifecycle altered(IssueLifecycle event) {
      boolean assigns = event.getType().endsWith("_ASSIGNED");
      if (bug == Bug.IGNORES_COMMITS) {
        event.setExtra(null);
      }
      if (bug == Bug.DOES_NOT_FENCE && !assigns) {
        event.setLeaseToken(null);
      }
      if (bug == Bug.TAKES_EVERY_APPROVAL_AS_A_HUMANS && event.getType().equals("REVIEW_PASSED")) {
        event.setAgentId(null);
      }
      return event;
    }
  }
}
