package io.conductore.bench.fold;

import io.conductore.bench.peer.GroupProgress;
import io.conductore.bench.peer.LogLoader;
import io.conductore.bench.run.Rounds.Contestant;
import io.conductore.bench.run.RunFolder;
import io.conductore.schemas.Log;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The product while its producer runs on the same cores. The producer goes as fast as it may
 * without getting further ahead of what is folded and committed than {@link #LAG_EVENTS_MAX}: the
 * highest rate at which the lag stays bounded, found by running into the bound all the time.
 */
record LiveContestant(FoldLab lab) implements Contestant {
  static final String NAME = "product, live";
  static final long LAG_EVENTS_MAX = 20_000;
  private static final long WATCH_NANOS = 20_000_000;
  private static final long HELD_BACK_NANOS = 1_000_000;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double measure(int round) throws Exception {
    Path state = lab.folder().folder("live-state");
    try (FreshBroker broker = FreshBroker.start(lab.folder());
        ProductApplication product =
            new ProductApplication(broker.bootstrap(), state, lab.codecs(), lab.clock())) {
      product.start();
      FoldTimer.awaitRunning(product);
      double seconds = feed(broker, product);
      return lab.log().count() / seconds;
    } finally {
      RunFolder.delete(state);
    }
  }

  private double feed(FreshBroker broker, ProductApplication product) throws Exception {
    GroupProgress progress =
        new GroupProgress(broker.admin(), product.group(), Log.ACTIVITY.topic());
    AtomicLong folded = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    Thread watch = Thread.ofPlatform().name("lag-watch").start(() -> watch(progress, folded, over));
    try {
      long startNanos = System.nanoTime();
      new LogLoader(broker.bootstrap()).load(lab.log(), sent -> holdBack(sent, folded, product));
      new FoldTimer(broker.admin()).awaitFolded(product, progress.end());
      return (System.nanoTime() - startNanos) / 1e9;
    } finally {
      over.set(true);
      watch.join();
    }
  }

  private static void holdBack(long sent, AtomicLong folded, ProductApplication product) {
    while (sent - folded.get() > LAG_EVENTS_MAX) {
      product.failure().ifPresent(failure -> {
        throw new IllegalStateException("the product gave up", failure);
      });
      LockSupport.parkNanos(HELD_BACK_NANOS);
    }
  }

  private static void watch(GroupProgress progress, AtomicLong folded, AtomicBoolean over) {
    while (!over.get()) {
      try {
        folded.set(progress.committed());
      } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException("the lag cannot be read", e);
      }
      LockSupport.parkNanos(WATCH_NANOS);
    }
  }
}
