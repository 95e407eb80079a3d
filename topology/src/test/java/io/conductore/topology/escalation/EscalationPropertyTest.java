package io.conductore.topology.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.topology.escalation.EscalationModel.Bug;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.CauseRecord.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The fold gives what the model says: records twice, acknowledgements at any time, and the state
 * through its bytes after each record, which is what a restart does. R0: a mistake is noticed.
 */
class EscalationPropertyTest {
  private static final int SEEDS = 1_000;
  private static final int SEEDS_PER_BUG = 200;
  private static final int STEPS = 60;
  private static final Subject DEV = Subject.agent("dev-e");
  private static final List<String> CAUSES = List.of("stuck", "silence", "guard-storm");

  /** What was told, and what is open at the end. */
  private record Facts(List<String> told, List<String> open) {}

  @Test
  void shouldEqualTheModelWhenRecordsAreRepeatedAndRestarted() {
    int told = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      EscalationModel model = new EscalationModel(Bug.NONE);

      // when
      Facts facts = play(seed, model);

      // then
      assertThat(facts).as("seed=" + seed).isEqualTo(new Facts(model.told(), model.open()));
      told += facts.told().size();
    }
    assertThat(told).as("calls, or nothing was tried").isGreaterThan(SEEDS);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void shouldDifferFromTheModelWhenOneHasAMistake(Bug bug) {
    // given
    int caught = 0;

    // when
    for (long seed = 0; seed < SEEDS_PER_BUG; seed++) {
      EscalationModel model = new EscalationModel(bug);
      Facts facts = play(seed, model);
      caught += facts.equals(new Facts(model.told(), model.open())) ? 0 : 1;
    }

    // then
    assertThat(caught).as("seeds on which %s was caught", bug).isGreaterThan(SEEDS_PER_BUG / 10);
  }

  private static Facts play(long seed, EscalationModel model) {
    Random random = new Random(seed);
    EscalationFold fold = new EscalationFold(EscalationRules.bundled());
    SubjectStateSerde serde = new SubjectStateSerde();
    SubjectState state = SubjectState.of(DEV);
    List<String> told = new ArrayList<>();
    long nowMs = 1_000_000;
    // Some seeds crowd an hour, others spread over days.
    int stepMs = random.nextBoolean() ? 120_000 : 10_000_000;
    for (int step = 0; step < STEPS; step++) {
      nowMs += random.nextInt(stepMs);
      CauseRecord record = next(random, state);
      EscalationFold.Folded folded = fold.apply(state, record, nowMs);
      state = serde.fromBytes(serde.toBytes(folded.subject()));
      assertThat(state).isEqualTo(folded.subject());
      folded.changes().forEach(change -> words(change, told));
      model.apply(record, nowMs);
    }
    List<String> open = state.open().values().stream()
        .map(one -> one.cause() + " " + one.severity() + " " + one.count() + " times"
            + (one.isAcknowledged() ? ", seen" : ""))
        .toList();
    return new Facts(told, open);
  }

  private static CauseRecord next(Random random, SubjectState state) {
    String cause = CAUSES.get(random.nextInt(CAUSES.size()));
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new CauseRecord.Due(DEV);
      case 3, 4 -> new CauseRecord.Cleared(DEV, cause, 0);
      case 5 -> {
        Escalation open = state.open().get(cause);
        yield new CauseRecord.Seen(DEV, open == null ? "none" : open.id(), "marie");
      }
      default ->
        new CauseRecord.Raised(
            DEV,
            cause,
            "s",
            List.of(),
            "e" + random.nextInt(STEPS),
            0,
            random.nextInt(8) == 0 ? EscalationFold.DEPTH_LIMIT : 1);
    };
  }

  private static void words(Change change, List<String> told) {
    if (change instanceof Change.News(Escalation escalation, Change.Told what)) {
      told.add(what.name().toLowerCase(Locale.ROOT) + " " + escalation.severity() + " "
          + escalation.cause());
    }
  }
}
