package io.conductore.query.admit;

import io.conductore.query.door.AppendOutcome;
import io.conductore.query.door.FeedAppender;
import io.conductore.schemas.Feed;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.handoff.AdmissionRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * budgets.yaml as it is now. A change is told to the log of admissions, where it holds from its
 * place on, the same in every replay. A file that is wrong or gone changes nothing: a limit is
 * lifted by an entry, and not by an accident.
 */
public final class LimitsWatch implements AutoCloseable {
  static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Logger LOGGER = LoggerFactory.getLogger(LimitsWatch.class);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

  private final Path file;
  private final FeedAppender feeds;
  private final Thread thread;
  private volatile BudgetLimits limits;
  private volatile boolean closed;
  private @Nullable Mark mark;
  private boolean told;

  /** What tells one version of the file from another without reading it. */
  private record Mark(
      FileTime modified, long bytes, @Nullable Object file) {}

  private LimitsWatch(Path file, BudgetLimits first, FeedAppender feeds) {
    this.file = file;
    this.feeds = feeds;
    this.limits = first;
    this.thread = Thread.ofVirtual().name("limits-watch").unstarted(this::run);
  }

  /** Tells what the file said when it was read first, before it returns if the broker lets it. */
  public static LimitsWatch start(Path file, BudgetLimits first, FeedAppender feeds) {
    LimitsWatch watch = new LimitsWatch(file, first, feeds);
    watch.mark = mark(file);
    watch.tell();
    watch.thread.start();
    return watch;
  }

  public BudgetLimits current() {
    return limits;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      if (!thread.join(CLOSE_MAX)) {
        LOGGER.atWarn().log("watch of limits did not stop in time");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      look();
      if (!told && !closed) {
        tell();
      }
    }
  }

  private void look() {
    Mark now = mark(file);
    if (now == null || now.equals(mark)) {
      return;
    }
    mark = now;
    try {
      BudgetLimits read = BudgetLimits.read(file);
      boolean went = mark(file) == null;
      if (!went && !read.equals(limits)) {
        limits = read;
        told = false;
        LOGGER.atInfo().addKeyValue("agents", read.byAgent().size()).log("limits read anew");
      }
    } catch (IOException | IllegalArgumentException wrong) {
      LOGGER
          .atError()
          .addKeyValue("why", firstLine(wrong))
          .log("limits not read; the old ones stay");
    }
  }

  private void tell() {
    told =
        feeds.append(Feed.ADMISSIONS, AdmissionRecord.BOOK, new AdmissionRecord.LimitsSet(limits))
            instanceof AppendOutcome.Appended;
  }

  private static String firstLine(Exception wrong) {
    return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
  }

  private static @Nullable Mark mark(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return new Mark(seen.lastModifiedTime(), seen.size(), seen.fileKey());
    } catch (IOException away) {
      return null;
    }
  }
}
