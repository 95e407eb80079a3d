package io.conductore.embedded.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as something to wait for. Java itself would end such a process with 130 or 143
 * however clean the end was; here the one who stops says with which.
 */
public final class StopSignal {
  /**
   * From the signal to the end of the process, whatever happens meanwhile; Java itself needs some
   * too.
   */
  public static final Duration STOP_TIME_MAX = Duration.ofMillis(4_400);

  private static final int FAILED = 1;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile int exitCode = FAILED;

  private StopSignal() {}

  /**
   * From here on the process ends only through {@link #stopped}, or STOP_TIME_MAX after a signal.
   */
  public static StopSignal install() {
    var signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::onShutdown, "stop-signal"));
    return signal;
  }

  public boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** True when the signal came within the time. */
  public boolean await(Duration limit) throws InterruptedException {
    return asked.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Everything is closed; the process ends with this code, signal or not. */
  public void stopped(int code) {
    exitCode = code;
    stopped.countDown();
  }

  private void onShutdown() {
    asked.countDown();
    try {
      stopped.await(STOP_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
