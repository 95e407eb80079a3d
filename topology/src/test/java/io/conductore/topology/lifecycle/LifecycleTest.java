package io.conductore.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Log;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.state.StoreNames;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issues have streams of their own, numbered from one. */
class LifecycleTest {
  @TempDir
  Path folder;

  @Test
  void shouldKeepAStreamForEachIssueWhenTheyMix() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      rig.post(Flat.of("ISSUE_APPROVED", "o/r", 1).at(RigDriver.START));
      rig.post(Flat.of("ISSUE_APPROVED", "o/r", 11));

      // when
      rig.restart();
      rig.post(Flat.of("MERGED", "o/r", 1).at(RigDriver.START.minusSeconds(5)));

      // then
      Map<String, IssueState> issues = rig.all(StoreNames.ISSUES);
      long startMs = RigDriver.START.toEpochMilli();
      assertThat(issues.get("o/r#1").tail()).isEqualTo(new Tail(2, startMs - 5_000, startMs, 1, 0));
      assertThat(rig.ordinals(Log.LIFECYCLE, "o/r#1")).containsExactly(1L, 2L);
      assertThat(rig.ordinals(Log.LIFECYCLE, "o/r#11")).containsExactly(1L);
    }
  }

  @Test
  void shouldKeepAMilestonesStreamApartWhenItIsComplete() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      Flat complete = Flat.of("MILESTONE_COMPLETE", "o/r", 12).with("milestone", "v1");

      // when
      rig.post(complete);

      // then
      assertThat(rig.ordinals(Log.LIFECYCLE, "o/r#milestone/v1")).containsExactly(1L);
    }
  }
}
