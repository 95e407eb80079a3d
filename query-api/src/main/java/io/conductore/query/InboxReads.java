package io.conductore.query;

import io.conductore.query.auth.Visit;
import io.conductore.query.door.AppendOutcome;
import io.conductore.query.http.JsonBody;
import io.conductore.query.http.Params;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.query.read.InboxPage;
import io.conductore.query.read.PositionToken;
import io.conductore.query.read.Questions;
import io.conductore.query.read.ReadOutcome;
import io.conductore.schemas.Feed;
import io.conductore.topology.cursor.Cursor;
import io.conductore.topology.handoff.InboxRecord;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The routes of an agent's inbox: what it is told, at once or as it comes, and how far it has come.
 */
final class InboxReads {
  static final int ENTRIES_MAX = 1_000;
  private static final int ENTRIES_DEFAULT = 100;

  /** Where a page begins when the caller names no ordinal. */
  static final long AFTER_ACKNOWLEDGED = -1;

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Longer than any transaction of another stage that stands before it on the feed. */
  private static final Duration FOLD_MAX = Duration.ofSeconds(10);

  /** However much happens on a partition, a waiting request looks at it this often at most. */
  private static final long PAUSE_NS = Duration.ofMillis(20).toNanos();

  private final Supplier<Backbone> backbone;
  private final InstantSource clock;

  /** What an acknowledgement came to. */
  private record Acknowledged(String agentId, long lastOrdinal, long waiting, long lost) {
    private static Acknowledged of(Cursor cursor) {
      return new Acknowledged(
          cursor.agentId(), cursor.acknowledged(), cursor.waiting(), cursor.lost());
    }
  }

  InboxReads(Supplier<Backbone> backbone, InstantSource clock) {
    this.backbone = backbone;
    this.clock = clock;
  }

  void inbox(Context ctx) {
    Backbone now = backbone.get();
    String agent = Reads.base(Params.required(ctx, "agentId"));
    long after = Params.whole(ctx, "after", 0, Long.MAX_VALUE - 1, AFTER_ACKNOWLEDGED);
    ctx.header(Header.CACHE_CONTROL, "no-store");
    String accept = ctx.header(Header.ACCEPT);
    if (accept != null && accept.contains(InboxStream.MEDIA_TYPE)) {
      new InboxStream(now, agent, clock).serve(ctx, after);
      return;
    }
    int limit = (int) Params.whole(ctx, "limit", 1, ENTRIES_MAX, ENTRIES_DEFAULT);
    Duration patience = Params.wait(ctx);
    Asking.about(ctx, now, Feed.INBOX, agent)
        .answer(
            questions -> patience.isZero()
                ? questions.inbox(agent, after, limit)
                : awaited(now, () -> questions.inbox(agent, after, limit), patience),
            page -> {
              markDelivered(now, page, clock);
              return page;
            });
  }

  /** Says that the page was in an answer, behind the answer's back, and only if that is news. */
  static void markDelivered(Backbone now, InboxPage page, InstantSource clock) {
    boolean news = page.entries().stream().anyMatch(entry -> entry.deliveredAt() == null);
    if (news) {
      InboxRecord.Delivered delivered =
          new InboxRecord.Delivered(page.agentId(), page.last(0), clock.millis());
      // Unacknowledged, the entries are shown as queued until they are delivered again.
      Thread.startVirtualThread(() -> now.feeds().append(Feed.INBOX, page.agentId(), delivered));
    }
  }

  /** Asks again whenever the partition has moved, until there is something or the time is over. */
  private static ReadOutcome<InboxPage> awaited(
      Backbone now, Supplier<ReadOutcome<InboxPage>> ask, Duration patience) {
    if (!now.inboxes().enter()) {
      return new ReadOutcome.Unavailable<>("too many requests wait", RETRY);
    }
    try {
      long deadlineNs = System.nanoTime() + patience.toNanos();
      ReadOutcome<InboxPage> outcome = ask.get();
      PositionToken nothingAt = nothingAt(outcome);
      while (nothingAt != null && now.inboxes().isOpen()) {
        Duration left = Duration.ofNanos(deadlineNs - System.nanoTime());
        if (left.isNegative() || !now.gate().await(nothingAt.next(), place -> true, left)) {
          return outcome;
        }
        LockSupport.parkNanos(PAUSE_NS);
        outcome = ask.get();
        nothingAt = nothingAt(outcome);
      }
      return outcome;
    } finally {
      now.inboxes().leave();
    }
  }

  /** The position of an answer that says that there is nothing, else null. */
  private static @Nullable PositionToken nothingAt(ReadOutcome<InboxPage> outcome) {
    return outcome instanceof ReadOutcome.Found<InboxPage>(InboxPage page, PositionToken position)
            && page.entries().isEmpty()
        ? position
        : null;
  }

  /** Forward only; the same ordinal again is a retry and changes nothing. */
  void acknowledge(Context ctx) {
    Backbone now = backbone.get();
    JsonBody body = JsonBody.of(ctx);
    String agent = Reads.base(body.requiredText("agentId"));
    Visit.of(ctx).caller().mustBe("agentId", agent);
    long ordinal = body.requiredWhole("ordinal");
    Asking.about(ctx, now, Feed.INBOX, agent)
        .answer(
            questions -> Questions.then(questions.cursor(agent), cursor -> {
              if (ordinal < cursor.acknowledged()) {
                throw new ProblemException(Problem.ordinalPassed(cursor.acknowledged()));
              }
              return ordinal == cursor.acknowledged()
                  ? questions.cursor(agent)
                  : acknowledged(now, agent, ordinal);
            }),
            Acknowledged::of);
  }

  /**
   * Whether the ordinal exists is decided after the record is folded: then the stores hold every
   * event that stood before it, also after a restart.
   */
  private ReadOutcome<Cursor> acknowledged(Backbone now, String agent, long ordinal) {
    InboxRecord.Acknowledged said = new InboxRecord.Acknowledged(agent, ordinal, clock.millis());
    return switch (now.feeds().append(Feed.INBOX, agent, said)) {
      case AppendOutcome.Appended(PositionToken position) ->
        now.gate().await(position, place -> true, FOLD_MAX)
            ? Questions.map(now.questions().cursor(agent), (cursor, at) -> reached(cursor, ordinal))
            : new ReadOutcome.Behind<>(RETRY);
      case AppendOutcome.TooLarge tooLarge ->
        throw new IllegalStateException("an acknowledgement is small");
      case AppendOutcome.Unacknowledged(String why) -> new ReadOutcome.Unavailable<>(why, RETRY);
    };
  }

  private static Cursor reached(Cursor cursor, long ordinal) {
    if (cursor.acknowledged() < ordinal) {
      throw new ProblemException(Problem.invalidParameter(
          "ordinal", "ordinal is beyond the newest entry, " + cursor.lastQueued() + "."));
    }
    return cursor;
  }
}
