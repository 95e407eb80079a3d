package io.conductore.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conductore.query.http.Params;
import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.query.read.Questions;
import io.conductore.query.read.ReadOutcome;
import io.conductore.query.read.StoreReader;
import io.conductore.schemas.Feed;
import io.conductore.schemas.flat.FlatLimits;
import io.conductore.topology.dispatch.Lease;
import io.conductore.topology.dispatch.LeaseKey;
import io.conductore.topology.dispatch.QueueEntry;
import io.conductore.topology.dispatch.QueueKey;
import io.conductore.topology.dispatch.ReviewEntry;
import io.conductore.topology.dispatch.ReviewKey;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.conductore.topology.handoff.Pools;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes that ask what waits in a pool. */
final class QueueReads {
  private final Supplier<Backbone> backbone;
  private final InstantSource clock;

  /** What waits, in the order in which it is handed out. */
  private record Queue(String pool, List<Waiting> issues, boolean complete) {}

  /**
   * One issue that waits.
   *
   * @param attempt the number that its next assignment will have
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  private record Waiting(
      String issue,
      @Nullable String title,
      @Nullable String milestone,
      String priority,
      Instant approvedAt,
      long ageSeconds,
      List<String> needs,
      List<String> blockedBy,
      int attempt) {
    static Waiting of(QueueEntry entry, Instant now) {
      Instant approvedAt = Instant.ofEpochMilli(entry.approvedAtMs());
      return new Waiting(
          entry.issue(),
          entry.title(),
          entry.milestone(),
          entry.priority().word(),
          approvedAt,
          Math.max(0, Duration.between(approvedAt, now).toSeconds()),
          entry.needs(),
          entry.blockedBy(),
          entry.attempt());
    }
  }

  /** What an autoscaler wants to know. */
  private record Depth(
      String pool, long depth, long held, long reviews, long inFlight, boolean complete) {}

  QueueReads(Supplier<Backbone> backbone, InstantSource clock) {
    this.backbone = backbone;
    this.clock = clock;
  }

  void queue(Context ctx) {
    String pool = pool(ctx);
    int limit =
        (int) Params.whole(ctx, "limit", 1, Questions.QUEUE_ROWS_MAX, Questions.QUEUE_ROWS_MAX);
    Asking.about(ctx, backbone.get(), Feed.DISPATCH, pool)
        .answer(
            questions -> questions.queue(pool, limit),
            found -> new Queue(pool, waiting(found), found.complete()));
  }

  void depth(Context ctx) {
    String pool = pool(ctx);
    Asking.about(ctx, backbone.get(), Feed.DISPATCH, pool)
        .answer(questions -> depth(questions, pool), depth -> depth);
  }

  private List<Waiting> waiting(StoreReader.Rows<QueueKey, QueueEntry> found) {
    Instant now = clock.instant();
    return found.rows().stream().map(row -> Waiting.of(row.value, now)).toList();
  }

  /** Three looks, so the numbers of a busy pool need not be of one instant. */
  private static ReadOutcome<Depth> depth(Questions questions, String pool) {
    return Questions.then(
        questions.queue(pool, Questions.COUNTED_ROWS_MAX),
        queue -> Questions.then(
            questions.reviews(pool),
            reviews -> Questions.map(
                questions.leases(pool), (leases, at) -> depth(pool, queue, reviews, leases))));
  }

  private static Depth depth(
      String pool,
      StoreReader.Rows<QueueKey, QueueEntry> queue,
      StoreReader.Rows<ReviewKey, ReviewEntry> reviews,
      StoreReader.Rows<LeaseKey, Lease> leases) {
    long ready = queue.rows().stream()
        .filter(row -> row.key.lane() == QueueKey.Lane.READY)
        .count();
    return new Depth(
        pool,
        ready,
        queue.rows().size() - ready,
        reviews.rows().stream().filter(row -> row.value.waits()).count(),
        leases.rows().stream().filter(row -> row.key.kind() == Kind.WORK).count(),
        queue.complete() && reviews.complete() && leases.complete());
  }

  private static String pool(Context ctx) {
    String pool = Params.text(ctx, "pool").orElse(Pools.DEFAULT);
    if (pool.length() > FlatLimits.ID_CHARS_MAX) {
      throw new ProblemException(Problem.invalidParameter(
          "pool", "pool has at most " + FlatLimits.ID_CHARS_MAX + " characters."));
    }
    return pool;
  }
}
