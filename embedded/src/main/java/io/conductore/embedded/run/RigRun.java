package io.conductore.embedded.run;

import io.conductore.embedded.data.DataFolder;
import io.conductore.embedded.data.Layout;
import io.conductore.embedded.data.OpenOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: looks whether it may begin, starts the parts, waits for the signal, stops them. */
public final class RigRun {
  private static final Logger LOGGER = LoggerFactory.getLogger(RigRun.class);
  private static final Duration WATCH_PAUSE = Duration.ofSeconds(1);

  private final RunSettings settings;
  private final InstantSource clock;
  private final StartLines lines;

  public RigRun(RunSettings settings, InstantSource clock, PrintWriter out) {
    this.settings = settings;
    this.clock = clock;
    this.lines = new StartLines(out);
  }

  /**
   * Returns when everything is stopped again. Looks at the data folder first, because whoever holds
   * that holds the ports too.
   */
  public RunOutcome run(DataFolder.FreeBytes freeBytes) throws InterruptedException {
    return switch (DataFolder.open(settings.data(), freeBytes)) {
      case OpenOutcome.Refused refused -> new RunOutcome.Refused(refused.sentence());
      case OpenOutcome.Opened opened -> {
        try (var folder = opened.folder();
            var _ = LogFiles.open(folder.layout().log(Parts.LOG))) {
          yield runIn(folder.layout());
        }
      }
    };
  }

  private RunOutcome runIn(Layout layout) throws InterruptedException {
    return switch (OperatorFiles.read(layout, settings, clock)) {
      case OperatorFiles.Wrong wrong -> new RunOutcome.Refused(wrong.sentence());
      case OperatorFiles.Read read -> {
        var parts = new RunningParts(settings, layout, read.files(), clock, lines);
        var objection = objection(parts);
        yield objection.isPresent()
            ? new RunOutcome.Refused(objection.get())
            : runUntilSignal(parts);
      }
    };
  }

  private Optional<String> objection(RunningParts parts) {
    try {
      parts.endLeftovers();
      return PortCheck.objection(settings);
    } catch (IOException e) {
      return Optional.of("a registry of an earlier run is in the way: " + e.getMessage());
    }
  }

  private RunOutcome runUntilSignal(RunningParts parts) throws InterruptedException {
    var signal = StopSignal.install();
    var failure = start(parts, signal);
    if (failure.isEmpty() && !signal.isAsked()) {
      lines.ready();
      while (!signal.await(WATCH_PAUSE)) {
        parts.look();
      }
    }
    long askedNanos = System.nanoTime();
    parts.close();
    if (failure.isEmpty()) {
      lines.stopped(Duration.ofNanos(System.nanoTime() - askedNanos));
    }
    signal.stopped();
    return failure.isPresent() ? new RunOutcome.Failed(failure.get()) : new RunOutcome.Stopped();
  }

  /** Whatever a part throws, the others are closed and the person gets a line. */
  private static Optional<String> start(RunningParts parts, StopSignal signal)
      throws InterruptedException {
    try {
      return parts.start(signal);
    } catch (RuntimeException | LinkageError e) {
      LOGGER.atError().setCause(e).log("start failed");
      return Optional.of("the start failed: " + e);
    }
  }
}
