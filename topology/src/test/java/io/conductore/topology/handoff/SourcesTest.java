package io.conductore.topology.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody outside speaks in the name of a stage. */
class SourcesTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        Sources.DISPATCH,
        Sources.LIFECYCLE,
        Sources.ESCALATION,
        Sources.ADMISSION,
        "conductor-e/activity"
      })
  void shouldPutTheDoorsNameWhenAStagesOwnIsGiven(String source) {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      Flat forged = Flat.of("ISSUE_ASSIGNED", "o/r", 1).with("source", source);

      // when
      IssueLifecycle read = (IssueLifecycle) rig.read(forged).envelope();

      // then
      assertThat(read.getSource()).isEqualTo("test");
    }
  }
}
