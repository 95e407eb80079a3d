package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.topology.activity.LoopCorpus.Labelled;
import io.conductore.topology.stuck.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Precision and recall over labelled runs, by pattern. A miss is listed by name; the target is
 * none.
 */
class LoopCorpusTest {
  private static final int SEEDS = 200;
  private static final int CALLS_OF_ONE_TOOL = 5;

  /** What a detector did with the runs of one pattern's corpus. */
  private record Score(List<String> found, List<String> missed, List<String> falseAlarms) {
    Score() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    String line(String pattern, int healthy) {
      int alarms = found.size() + falseAlarms.size();
      double precision = alarms == 0 ? 1 : (double) found.size() / alarms;
      double recall = (double) found.size() / Math.max(1, found.size() + missed.size());
      return "%-13s loops %4d found %4d | healthy %5d false alarms %3d | precision %.3f recall %.3f"
          .formatted(
              pattern,
              found.size() + missed.size(),
              found.size(),
              healthy,
              falseAlarms.size(),
              precision,
              recall);
    }
  }

  @Test
  void shouldFindEveryLoopAndNothingElseWhenRunsAreLabelled() {
    // given
    List<Labelled> runs = corpus(SEEDS);

    // when
    Map<Pattern, Score> scores =
        scores(runs, (run, pattern) -> run.run().patternsSeen().contains(pattern.word()));

    // then
    int healthy = (int) runs.stream().filter(run -> run.loop() == null).count();
    scores.forEach((pattern, score) -> System.out.println(score.line(pattern.word(), healthy)));
    assertThat(scores).hasSize(Pattern.values().length - 1).allSatisfy((pattern, score) -> {
      assertThat(score.missed()).as("loops of %s that were missed", pattern).isEmpty();
      assertThat(score.falseAlarms()).as("false alarms of %s", pattern).isEmpty();
      assertThat(score.found()).hasSize(SEEDS);
    });
  }

  /** The corpus must tell a good detector from a bad one. */
  @Test
  void shouldCountFalseAlarmsWhenTheSeedIsReadLiterally() {
    // given
    List<Labelled> runs = corpus(5);

    // when
    Map<Pattern, Score> scores =
        scores(runs, (run, pattern) -> pattern == Pattern.SAME_TOOL && literally(run));

    // then
    assertThat(scores.get(Pattern.SAME_TOOL).falseAlarms()).hasSizeGreaterThan(20);
  }

  @Test
  void shouldCountMissesWhenTheDetectorSleeps() {
    // given
    List<Labelled> runs = corpus(5);

    // when
    Map<Pattern, Score> scores = scores(runs, (run, pattern) -> false);

    // then
    assertThat(scores.values()).allSatisfy(score -> assertThat(score.missed()).hasSize(5));
  }

  /** The same tool five times in a row, whatever it was called with. */
  private static boolean literally(Labelled run) {
    int row = 0;
    String last = "";
    for (var event : run.run().events()) {
      if (event.getPayload() instanceof io.conductore.schemas.activity.ToolCall call) {
        row = call.getTool().equals(last) ? row + 1 : 1;
        last = call.getTool();
      }
      if (row >= CALLS_OF_ONE_TOOL) {
        return true;
      }
    }
    return false;
  }

  private static Map<Pattern, Score> scores(
      List<Labelled> runs, BiPredicate<Labelled, Pattern> alarms) {
    Map<Pattern, Score> scores = new TreeMap<>();
    for (Pattern pattern : Pattern.values()) {
      if (pattern == Pattern.CONTEXT_BURN) {
        continue;
      }
      Score score = new Score();
      for (Labelled run : runs) {
        boolean alarm = alarms.test(run, pattern);
        if (run.loop() == pattern) {
          (alarm ? score.found() : score.missed()).add(run.name());
        } else if (run.loop() == null && alarm) {
          score.falseAlarms().add(run.name());
        }
      }
      scores.put(pattern, score);
    }
    return scores;
  }

  private static List<Labelled> corpus(int seeds) {
    return LongStream.range(0, seeds)
        .boxed()
        .flatMap(seed -> LoopCorpus.of(seed).stream())
        .toList();
  }
}
