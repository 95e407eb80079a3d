package io.conductore.topology.stuck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The judge against the rules written down a second time, as sets and quantifiers over all steps,
 * on random traces of few different steps.
 */
class JudgePropertyTest {
  private static final int SEEDS = 20_000;
  private static final int SEEDS_PER_BUG = 2_000;

  @Test
  void shouldSayWhatTheRulesSayWhenTracesAreRandom() {
    Set<Pattern> seen = EnumSet.noneOf(Pattern.class);
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      List<Step> steps = steps(new Random(seed));

      // when
      Set<Pattern> judged = judged(steps, StuckRules.SEED);

      // then
      assertThat(judged).as("seed=" + seed).isEqualTo(new Model(steps).stuck());
      seen.addAll(judged);
    }
    assertThat(seen).hasSize(5);
  }

  /** The comparison must see a judge that is wrong by one. */
  @Test
  void shouldDifferFromTheRulesWhenAThresholdIsOffByOne() {
    for (Pattern pattern : List.of(
        Pattern.SAME_ERROR,
        Pattern.SAME_TOOL,
        Pattern.CYCLE,
        Pattern.NO_OUTPUT,
        Pattern.NO_CHANGE)) {
      // given
      Bar bar = StuckRules.SEED.bar(pattern);
      StuckRules wrong = StuckRules.SEED.with(pattern, new Bar(bar.nudge(), bar.stuck() + 1));
      int caught = 0;

      // when
      for (long seed = 0; seed < SEEDS_PER_BUG; seed++) {
        List<Step> steps = steps(new Random(seed));
        caught += judged(steps, wrong).equals(new Model(steps).stuck()) ? 0 : 1;
      }

      // then
      assertThat(caught).as("traces that show " + pattern).isPositive();
    }
  }

  private static Set<Pattern> judged(List<Step> steps, StuckRules rules) {
    Trace trace = new Trace(steps, List.of(), List.of(), Trace.Context.NONE);
    Set<Pattern> patterns = EnumSet.noneOf(Pattern.class);
    for (Verdict verdict : Judge.of(trace, rules, Judge.Burn.NONE)) {
      if (verdict.level() == Level.STUCK) {
        patterns.add(verdict.pattern());
      }
    }
    return patterns;
  }

  private static List<Step> steps(Random random) {
    List<Step> steps = new ArrayList<>();
    int kinds = 1 + random.nextInt(5);
    int cycle = random.nextInt(3) == 0 ? 2 + random.nextInt(4) : 0;
    boolean numbered = random.nextBoolean();
    int turn = 1;
    for (int i = 1 + random.nextInt(Trace.STEPS_MAX); i > 0; i--) {
      int kind = cycle > 0 && random.nextInt(20) > 0 ? i % cycle : random.nextInt(kinds);
      boolean failed = kind == 0;
      turn += random.nextInt(4) == 0 ? 0 : 1;
      steps.add(new Step(
          EventRef.of("e-" + steps.size()),
          1_000L + steps.size(),
          numbered ? turn : 0,
          "Bash",
          failed && random.nextBoolean() ? 100 + random.nextInt(3) : 1 + kind,
          failed ? 7 + random.nextInt(2) : 0,
          !failed && random.nextInt(12) == 0,
          !failed && kind > 1,
          random.nextInt(10) == 0 ? Step.FILES_UNKNOWN : 118 + (random.nextInt(40) == 0 ? 1 : 0)));
    }
    return steps;
  }

  /** The rules of docs/reference/stuck.md, slowly. */
  private record Model(List<Step> steps) {

    Set<Pattern> stuck() {
      Set<Pattern> patterns = EnumSet.noneOf(Pattern.class);
      int progress = IntStream.range(0, steps.size()).filter(this::isNew).max().orElse(-1);
      Set<Long> signatures = new HashSet<>();
      Set<Long> errors = new HashSet<>();
      steps.forEach(step -> signatures.add(step.signature()));
      steps.stream().filter(Step::failed).forEach(step -> errors.add(step.error()));
      boolean calls = signatures.stream().anyMatch(one -> callsOf(one, progress) >= 5);
      boolean failures = errors.stream().anyMatch(one -> attemptsOf(one, progress) >= 3);
      add(patterns, Pattern.SAME_TOOL, calls);
      add(patterns, Pattern.SAME_ERROR, failures);
      add(patterns, Pattern.CYCLE, IntStream.rangeClosed(2, 10).anyMatch(this::isCycle));
      add(patterns, Pattern.NO_OUTPUT, silent(progress) >= 5);
      add(patterns, Pattern.NO_CHANGE, idle(progress) >= 10);
      return patterns;
    }

    private static void add(Set<Pattern> patterns, Pattern pattern, boolean shows) {
      if (shows) {
        patterns.add(pattern);
      }
    }

    private boolean isNew(int at) {
      return !steps.get(at).failed()
          && steps.subList(0, at).stream()
              .noneMatch(before -> before.signature() == steps.get(at).signature());
    }

    /** Ten turns back, or ten steps where turns have no numbers. */
    private boolean isRecent(int at) {
      int newest = steps.stream().mapToInt(Step::turn).max().orElse(0);
      return newest == 0 ? at >= steps.size() - 10 : steps.get(at).turn() > newest - 10;
    }

    private long callsOf(long signature, int progress) {
      int lastWait = IntStream.range(0, steps.size())
          .filter(i -> steps.get(i).waited())
          .max()
          .orElse(-1);
      return IntStream.range(Math.max(0, progress), steps.size())
          .filter(i -> steps.get(i).signature() == signature)
          .filter(this::isRecent)
          .filter(i -> steps.get(i).failed() || i > lastWait)
          .count();
    }

    private long attemptsOf(long error, int progress) {
      List<Step> alike = IntStream.range(progress + 1, steps.size())
          .filter(i -> steps.get(i).error() == error)
          .filter(this::isRecent)
          .mapToObj(steps::get)
          .toList();
      long unnumbered = alike.stream().filter(step -> step.turn() == 0).count();
      return unnumbered
          + alike.stream()
              .mapToInt(Step::turn)
              .filter(turn -> turn > 0)
              .distinct()
              .count();
    }

    private boolean isCycle(int length) {
      int from = steps.size() - 3 * length;
      if (from < 0) {
        return false;
      }
      List<Step> tail = steps.subList(from, steps.size());
      boolean periodic = IntStream.range(0, 2 * length)
          .allMatch(i -> tail.get(i).signature() == tail.get(i + length).signature());
      boolean mixed = tail.stream().mapToLong(Step::signature).distinct().count() > 1;
      return periodic && mixed && tail.stream().noneMatch(Step::waited);
    }

    private long silent(int progress) {
      int first = steps.size();
      while (first > Math.max(0, progress)
          && steps.get(first - 1).silent()
          && !steps.get(first - 1).waited()) {
        first--;
      }
      List<Step> run = steps.subList(first, steps.size());
      boolean newOnce = first == progress
          && run.stream()
                  .filter(step -> step.signature() == run.getFirst().signature())
                  .count()
              == 1;
      return run.size() - (newOnce ? 1 : 0);
    }

    private long idle(int progress) {
      List<Step> run = new ArrayList<>();
      for (int i = steps.size() - 1; i > progress && !steps.get(i).waited(); i--) {
        if (steps.get(i).files() == Step.FILES_UNKNOWN) {
          continue;
        }
        if (!run.isEmpty() && run.getLast().files() != steps.get(i).files()) {
          break;
        }
        run.add(steps.get(i));
      }
      return run.size();
    }
  }
}
