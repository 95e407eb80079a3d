package io.conductore.topology.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Log;
import io.conductore.schemas.Topics;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import java.nio.file.Path;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a task has folded its log is what an answer may claim, and never more. */
class ProgressTest {
  private static final String TOPIC = Log.ACTIVITY.topic();
  private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);

  @TempDir
  Path folder;

  @Test
  void shouldKnowNothingWhenTheTaskIsElsewhere() {
    // given
    Progress progress = new Progress();

    // when
    progress.committed(FIRST, 12);

    // then
    assertThat(progress.position(TOPIC, 0)).isEmpty();
  }

  @Test
  void shouldClaimWhatWasCommittedWhenTheTaskHasMetNoRecordYet() {
    // given
    Progress progress = new Progress();
    progress.open(TOPIC, 0);
    assertThat(progress.position(TOPIC, 0)).isEmpty();

    // when
    progress.committed(FIRST, 12);

    // then
    assertThat(progress.position(TOPIC, 0)).hasValue(12);
    assertThat(progress.position(TOPIC, 1)).isEmpty();
  }

  @Test
  void shouldNeverGoBackWhenACommitIsToldLate() {
    // given
    Progress progress = new Progress();
    Progress.Pen pen = progress.open(TOPIC, 0);
    pen.folded(40);

    // when
    progress.committed(FIRST, 12);

    // then
    assertThat(progress.position(TOPIC, 0)).hasValue(41);
  }

  @Test
  void shouldForgetAnEarlierLifeWhenTheTaskOpensAgain() {
    // given
    Progress progress = new Progress();
    Progress.Pen rolledBack = progress.open(TOPIC, 0);
    rolledBack.folded(40);

    // when
    progress.open(TOPIC, 0);
    rolledBack.folded(41);

    // then
    assertThat(progress.position(TOPIC, 0)).isEmpty();
  }

  @Test
  void shouldForgetTheTaskWhenItLeaves() {
    // given
    Progress progress = new Progress();
    progress.open(TOPIC, 0).folded(3);

    // when
    progress.close(TOPIC, 0);

    // then
    assertThat(progress.position(TOPIC, 0)).isEmpty();
  }

  @Test
  void shouldCountEveryRecordWhenSomeAreDroppedOrDead() {
    try (RigDriver rig = RigDriver.in(folder)) {
      // given
      rig.post(Flat.of("HEARTBEAT", "dev-e").id("e-1"));

      // when
      rig.post(Flat.of("HEARTBEAT", "dev-e").id("e-1"));
      rig.record(TOPIC, null, new byte[] {9});
      rig.post(Flat.of("MERGED", "o/r", 1));

      // then
      assertThat(rig.progress().position(TOPIC, 0)).hasValue(3);
      assertThat(rig.progress().position(Log.LIFECYCLE.topic(), 0)).hasValue(1);
      assertThat(rig.progress().position(Topics.INGRESS, 0)).isEmpty();
    }
  }
}
