package io.conductore.topology.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Log;
import io.conductore.schemas.Topics;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
  void shouldWakeEveryWaiterOnceItsOffsetIsFolded() throws Exception {
    // given
    Progress progress = new Progress();
    Progress.Pen pen = progress.open(TOPIC, 0);
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      long nextOffset = i;
      waiting.add(CompletableFuture.supplyAsync(
          () -> progress.await(TOPIC, 0, nextOffset, Duration.ofSeconds(30)),
          task -> Thread.ofVirtual().start(task)));
    }

    // when
    for (int offset = 0; offset < 100; offset++) {
      pen.folded(offset);
    }

    // then
    for (CompletableFuture<Boolean> waiter : waiting) {
      assertThat(waiter.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldGiveUpWaitingWhenTheTimeIsOverOrTheThreadIsInterrupted() {
    // given
    Progress progress = new Progress();
    progress.open(TOPIC, 0).folded(3);

    // when
    boolean inTime = progress.await(TOPIC, 0, 5, Duration.ofMillis(5));
    Thread.currentThread().interrupt();
    boolean undisturbed = progress.await(TOPIC, 0, 5, Duration.ofSeconds(30));
    boolean interrupted = Thread.interrupted();

    // then
    assertThat(inTime).isFalse();
    assertThat(undisturbed).isFalse();
    assertThat(interrupted).isTrue();
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
