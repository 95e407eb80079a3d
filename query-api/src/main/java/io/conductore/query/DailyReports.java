package io.conductore.query;

import io.conductore.query.door.FeedAppender;
import io.conductore.query.http.Answers;
import io.conductore.query.read.DayCosts;
import io.conductore.query.read.Questions;
import io.conductore.query.read.ReadOutcome;
import io.conductore.schemas.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a day cost to rig.reports once the day is over: at the turn of the day, and again at
 * each start, for calls that were told late. The topic keeps the newest record of a day.
 */
public final class DailyReports implements AutoCloseable {
  /** After midnight (UTC), so that what agents ship late is in it. */
  static final Duration LATE_MAX = Duration.ofMinutes(10);

  private static final Logger LOGGER = LoggerFactory.getLogger(DailyReports.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

  private final Questions questions;
  private final FeedAppender feeds;
  private final InstantSource clock;
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable LocalDate reported;

  private DailyReports(Questions questions, FeedAppender feeds, InstantSource clock) {
    this.questions = questions;
    this.feeds = feeds;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("daily-reports").unstarted(this::run);
  }

  public static DailyReports start(Backbone backbone, InstantSource clock) {
    DailyReports reports = new DailyReports(backbone.questions(), backbone.feeds(), clock);
    reports.thread.start();
    return reports;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      if (!thread.join(CLOSE_MAX)) {
        LOGGER.atWarn().log("daily reports did not stop in time");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      LocalDate over =
          clock.instant().minus(LATE_MAX).atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);
      if (!over.equals(reported) && publish(over)) {
        reported = over;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  /** False while the stores do not answer or the broker does not take it. */
  private boolean publish(LocalDate day) {
    if (DayCosts.ask(questions, day)
        instanceof ReadOutcome.Found<DayCosts>(DayCosts costs, var position)) {
      boolean written =
          feeds.publish(Topics.REPORTS, costs.report() + "/" + day, Answers.bytes(costs));
      if (written) {
        LOGGER.atInfo().addKeyValue("day", day).log("cost report written");
      }
      return written;
    }
    return false;
  }
}
