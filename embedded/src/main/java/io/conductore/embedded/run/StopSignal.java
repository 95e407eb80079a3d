package io.conductore.embedded.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as something to wait for. Not a shutdown hook: while hooks run, Kafka's
 * classes cannot be loaded, so a start that is under way could not be brought to an end in order;
 * and the process would end with 130 or 143 however clean the end was.
 */
public final class StopSignal {
  /** From the signal to the end of the process, whatever happens meanwhile. */
  public static final Duration STOP_TIME_MAX = Duration.ofMillis(4_500);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private StopSignal() {}

  /** From here on these signals end the process only through whoever waits for them. */
  public static StopSignal install() {
    var signal = new StopSignal();
    for (var name : Signals.STOP) {
      Signals.handle(name, signal::onSignal);
    }
    return signal;
  }

  public boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** True when the signal came within the time. */
  public boolean await(Duration limit) throws InterruptedException {
    return asked.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Everything is closed: no need to end the process the hard way. */
  public void stopped() {
    stopped.countDown();
  }

  private void onSignal() {
    asked.countDown();
    Thread.ofPlatform().daemon().name("stop-limit").start(this::limit);
  }

  private void limit() {
    try {
      if (!stopped.await(STOP_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(ExitCode.FAILED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
