package io.conductore.bench.fold;

import io.conductore.bench.peer.GroupProgress;
import io.conductore.schemas.Log;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Times an application over a log that is already there, from its start to its last commit. */
final class FoldTimer {
  private static final Duration FOLD_MAX = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Admin admin;

  FoldTimer(Admin admin) {
    this.admin = admin;
  }

  /**
   * One catch-up.
   *
   * @param folded events at the first commit, which is a share of all
   */
  record Lap(int events, double seconds, long folded, double firstCommitSeconds) {

    double perSecond() {
      return events / seconds;
    }

    /** Without the start: joining the group, creating changelogs, opening stores. */
    double perSecondOnceStarted() {
      return (events - folded) / (seconds - firstCommitSeconds);
    }
  }

  /** Returns when all that the log holds now is folded and committed. */
  Lap catchUp(FoldApplication application, int events) throws Exception {
    Map<TopicPartition, Long> end = progress(application).end();
    long startNanos = System.nanoTime();
    application.start();
    long folded = progress(application).awaitFirst(FOLD_MAX, application::failure);
    double firstCommitSeconds = secondsSince(startNanos);
    awaitFolded(application, end);
    return new Lap(events, secondsSince(startNanos), folded, firstCommitSeconds);
  }

  /** Seconds until the application has its stores back and has nothing left to fold. */
  double ready(FoldApplication application) throws Exception {
    Map<TopicPartition, Long> end = progress(application).end();
    long startNanos = System.nanoTime();
    application.start();
    awaitRunning(application);
    awaitFolded(application, end);
    return secondsSince(startNanos);
  }

  /** Returns when everything before this end is folded and committed. */
  void awaitFolded(FoldApplication application, Map<TopicPartition, Long> end) throws Exception {
    progress(application).awaitEnd(end, FOLD_MAX, application::failure);
  }

  private GroupProgress progress(FoldApplication application) {
    return new GroupProgress(admin, application.group(), Log.ACTIVITY.topic());
  }

  /** Returns when the application runs, or throws why it does not. */
  static void awaitRunning(FoldApplication application) throws Exception {
    long deadlineNanos = System.nanoTime() + FOLD_MAX.toNanos();
    while (!application.running()) {
      Optional<Throwable> failure = application.failure();
      if (failure.isPresent()) {
        throw new IllegalStateException(application.group() + " gave up", failure.get());
      }
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new TimeoutException(application.group() + " does not run");
      }
      Thread.sleep(POLL);
    }
  }

  private static double secondsSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
