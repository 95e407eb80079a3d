package io.conductore.query.claim;

import io.conductore.query.read.PositionToken;
import io.conductore.query.read.Questions;
import io.conductore.query.read.ReadOutcome;
import io.conductore.query.read.StoreReader;
import io.conductore.schemas.Feed;
import io.conductore.topology.dispatch.AgentDesk;
import io.conductore.topology.dispatch.QueueEntry;
import io.conductore.topology.dispatch.QueueKey;
import io.conductore.topology.dispatch.Reason;
import io.conductore.topology.dispatch.ReviewEntry;
import io.conductore.topology.dispatch.ReviewKey;
import io.conductore.topology.state.StoreNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What stands first in a pool's queue, at a position.
 *
 * @param suits whom each of the first ones may go to
 * @param whole true if these are all
 * @param otherwise why nothing goes to an agent that none of them suits
 */
record Front(
    PositionToken position, List<Predicate<AgentDesk>> suits, boolean whole, Reason otherwise) {
  /** An agent that suits none of these gets its claim decided by dispatch, which sees all. */
  private static final int ROWS_MAX = 64;

  Optional<Reason> refuses(AgentDesk desk) {
    boolean none = whole && suits.stream().noneMatch(suit -> suit.test(desk));
    return none ? Optional.of(otherwise) : Optional.empty();
  }

  static ReadOutcome<Front> ofWork(StoreReader reader, String pool) {
    ReadOutcome<StoreReader.Rows<QueueKey, QueueEntry>> ready = reader.head(
        Feed.DISPATCH, StoreNames.QUEUE, pool, lane(pool, QueueKey.Lane.READY), ROWS_MAX);
    return switch (ready) {
      case ReadOutcome.Found<StoreReader.Rows<QueueKey, QueueEntry>>(var rows, var at)
      when rows.rows().isEmpty() -> held(reader, pool, at);
      default -> Questions.map(ready, Front::ofReady);
    };
  }

  static ReadOutcome<Front> ofReviews(StoreReader reader, String pool) {
    StoreReader.Span<ReviewKey> span = new StoreReader.Span<>(
        new ReviewKey(pool, "", 0), null, (key, rows) -> key.pool().equals(pool));
    ReadOutcome<StoreReader.Rows<ReviewKey, ReviewEntry>> reviews =
        reader.head(Feed.DISPATCH, StoreNames.REVIEWS, pool, span, ROWS_MAX);
    return Questions.map(reviews, Front::ofReviews);
  }

  /** The rows of one lane of a pool's queue. */
  static StoreReader.Span<QueueKey> lane(String pool, QueueKey.Lane lane) {
    return new StoreReader.Span<>(
        QueueKey.first(pool, lane),
        null,
        (key, rows) -> key.pool().equals(pool) && key.lane() == lane);
  }

  private static ReadOutcome<Front> held(StoreReader reader, String pool, PositionToken at) {
    ReadOutcome<StoreReader.Rows<QueueKey, QueueEntry>> held =
        reader.head(Feed.DISPATCH, StoreNames.QUEUE, pool, lane(pool, QueueKey.Lane.HELD), 1);
    return Questions.map(
        held,
        (rows, later) -> new Front(
            at, List.of(), true, rows.rows().isEmpty() ? Reason.QUEUE_EMPTY : Reason.BLOCKED));
  }

  private static Front ofReady(
      StoreReader.Rows<QueueKey, QueueEntry> rows, PositionToken position) {
    List<Predicate<AgentDesk>> suits = rows.rows().stream()
        .<Predicate<AgentDesk>>map(row -> desk -> desk.suits(row.value.needs()))
        .toList();
    return new Front(position, suits, rows.complete(), Reason.NO_MATCH);
  }

  private static Front ofReviews(
      StoreReader.Rows<ReviewKey, ReviewEntry> rows, PositionToken position) {
    List<ReviewEntry> waiting =
        rows.rows().stream().map(row -> row.value).filter(ReviewEntry::waits).toList();
    List<Predicate<AgentDesk>> suits = waiting.stream()
        .<Predicate<AgentDesk>>map(review -> desk -> !review.authors().contains(desk.agentId()))
        .toList();
    Reason otherwise = waiting.isEmpty() ? Reason.QUEUE_EMPTY : Reason.OWN_WORK;
    return new Front(position, suits, rows.complete(), otherwise);
  }
}
