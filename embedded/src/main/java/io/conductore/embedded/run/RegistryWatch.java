package io.conductore.embedded.run;

import io.conductore.embedded.registry.RegistryProcess;
import io.conductore.embedded.registry.RegistrySettings;
import io.conductore.embedded.registry.RegistryStart;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a registry running: one that ends is started again, later and later while it does not help.
 */
final class RegistryWatch implements AutoCloseable {
  /** Seven seconds are usual; a machine that is busy with something else takes many times that. */
  static final Duration READY_TIME_MAX = Duration.ofSeconds(90);

  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);
  private static final Logger LOGGER = LoggerFactory.getLogger(RegistryWatch.class);

  private final RegistrySettings settings;
  private final PartBoard board;
  private final Consumer<RegistryStart> atFirstStart;
  private final CountDownLatch firstStart = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable RegistryProcess current;

  private RegistryWatch(
      RegistrySettings settings, PartBoard board, Consumer<RegistryStart> atFirstStart) {
    this.settings = settings;
    this.board = board;
    this.atFirstStart = atFirstStart;
  }

  /** Returns at once. */
  static RegistryWatch start(
      RegistrySettings settings, PartBoard board, Consumer<RegistryStart> atFirstStart) {
    var watch = new RegistryWatch(settings, board, atFirstStart);
    board.starting(Parts.REGISTRY, settings.address().toString());
    Thread.ofPlatform().daemon().name("registry-watch").start(watch::keepRunning);
    return watch;
  }

  /** True when the first start has ended within the time, well or not. */
  boolean awaitFirstStart(Duration limit) throws InterruptedException {
    return firstStart.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** From now on an end is no reason to start again: Ctrl-C reaches the registry as well as us. */
  void expectEnd() {
    closing.countDown();
  }

  @Override
  public void close() {
    expectEnd();
    synchronized (this) {
      if (current != null) {
        current.close();
      }
    }
  }

  private void keepRunning() {
    var pause = PAUSE_MIN;
    try {
      while (!isClosing()) {
        var outcome = runOnce();
        tell(outcome);
        pause = outcome instanceof RegistryStart.Ready ? PAUSE_MIN : longer(pause);
        // Also time for a Ctrl-C that ended the registry to reach expectEnd().
        closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        logRestart();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the registry has ended, with how its start went. */
  private RegistryStart runOnce() throws InterruptedException {
    try {
      var process = startUnlessClosing();
      if (process == null) {
        return new RegistryStart.Failed("stopped before it started", List.of());
      }
      var outcome = process.awaitReady(READY_TIME_MAX);
      switch (outcome) {
        case RegistryStart.Ready ready -> {
          board.up(Parts.REGISTRY, process.pid());
          tell(ready);
        }
        case RegistryStart.Failed failed -> {
          process.close();
          down(failed.why());
        }
      }
      int status = process.onExit().get();
      if (outcome instanceof RegistryStart.Ready) {
        down("it ended with status " + status);
      }
      return outcome;
    } catch (UncheckedIOException | ExecutionException e) {
      down(String.valueOf(e.getCause()));
      return new RegistryStart.Failed(String.valueOf(e.getCause()), List.of());
    }
  }

  private synchronized @Nullable RegistryProcess startUnlessClosing() {
    if (isClosing()) {
      return null;
    }
    current = RegistryProcess.start(settings);
    return current;
  }

  private void tell(RegistryStart outcome) {
    if (firstStart.getCount() > 0) {
      atFirstStart.accept(outcome);
      firstStart.countDown();
    }
  }

  /** An end that we asked for is no news. */
  private void down(String why) {
    if (!isClosing()) {
      board.down(Parts.REGISTRY, why);
    }
  }

  private void logRestart() {
    if (!isClosing()) {
      LOGGER.atWarn().addKeyValue("part", Parts.REGISTRY).log("registry ended, starting it again");
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(PAUSE_MAX) < 0 ? doubled : PAUSE_MAX;
  }
}
