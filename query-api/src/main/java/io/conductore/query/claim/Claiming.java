package io.conductore.query.claim;

import io.conductore.query.door.AppendOutcome;
import io.conductore.query.door.FeedAppender;
import io.conductore.query.read.PositionGate;
import io.conductore.query.read.PositionToken;
import io.conductore.query.read.ReadOutcome;
import io.conductore.query.read.StoreReader;
import io.conductore.schemas.Feed;
import io.conductore.topology.dispatch.ClaimOutcome;
import io.conductore.topology.dispatch.PoolKey;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.state.StoreNames;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * One claim: a look, a record on the pool's log, and what the log comes to. The answer is released
 * when the record is folded, before that is committed: a replay of the same log comes to the same
 * (docs/decisions/0013-dispatch-is-one-serial-log.md).
 */
final class Claiming {
  /** Longer than any transaction of another stage that stands before the claim on the log. */
  private static final Duration FOLD_MAX = Duration.ofSeconds(10);

  private final FeedAppender feeds;
  private final StoreReader reader;
  private final PositionGate gate;
  private final Look look;
  private final Tail tail = new Tail();

  Claiming(FeedAppender feeds, StoreReader reader, PositionGate gate, Look look) {
    this.feeds = feeds;
    this.reader = reader;
    this.gate = gate;
    this.look = look;
  }

  ClaimAnswer claim(ClaimRequest request) {
    String key = request.key() == null ? UUID.randomUUID().toString() : request.key();
    if (request.key() != null) {
      Optional<ClaimAnswer> before = given(request, key);
      if (before.isPresent()) {
        return before.get();
      }
    }
    return switch (look.at(request)) {
      case Look.Seen.No(var reason, var position)
      when request.key() == null || tail.isBefore(position) ->
        new ClaimAnswer.Nothing(reason, position);
      case Look.Seen.No unsure -> append(request, key);
      case Look.Seen.Blind(String why) -> new ClaimAnswer.Unknown(why, key);
      case Look.Seen.Perhaps perhaps -> append(request, key);
    };
  }

  /** What the same claim was given before, without writing it again. */
  private Optional<ClaimAnswer> given(ClaimRequest request, String key) {
    return switch (outcome(request, key)) {
      case ReadOutcome.Found<ClaimOutcome>(ClaimOutcome.Refused refused, var position) ->
        Optional.empty();
      case ReadOutcome.Found<ClaimOutcome>(ClaimOutcome outcome, var position) ->
        Optional.of(new ClaimAnswer.Given(outcome, key, position));
      case ReadOutcome.Absent<ClaimOutcome> first -> Optional.empty();
      case ReadOutcome.Behind<ClaimOutcome> behind -> Optional.empty();
      case ReadOutcome.Unavailable<ClaimOutcome>(String why, var retryAfter) ->
        Optional.of(new ClaimAnswer.Unknown(why, key));
    };
  }

  private ClaimAnswer append(ClaimRequest request, String key) {
    DispatchRecord.Claim claim =
        new DispatchRecord.Claim(claimId(request, key), request.agentId(), request.kind());
    return switch (feeds.append(Feed.DISPATCH, request.pool(), claim)) {
      case AppendOutcome.Appended(PositionToken position) -> {
        tail.appended(position);
        yield folded(request, key, position);
      }
      case AppendOutcome.TooLarge tooLarge -> throw new IllegalStateException("a claim is small");
      case AppendOutcome.Unacknowledged(String why) -> {
        tail.lost();
        yield new ClaimAnswer.Unknown(why, key);
      }
    };
  }

  private ClaimAnswer folded(ClaimRequest request, String key, PositionToken position) {
    if (!gate.await(position, place -> true, FOLD_MAX)) {
      return new ClaimAnswer.Unknown("dispatch has not come to the claim yet", key);
    }
    return switch (outcome(request, key)) {
      case ReadOutcome.Found<ClaimOutcome>(ClaimOutcome.Refused refused, var at) -> {
        look.learn(request, false);
        yield new ClaimAnswer.Nothing(refused.reason(), at);
      }
      case ReadOutcome.Found<ClaimOutcome>(ClaimOutcome outcome, var at) -> {
        look.learn(request, true);
        yield new ClaimAnswer.Given(outcome, key, at);
      }
      case ReadOutcome.Absent<ClaimOutcome> gone ->
        new ClaimAnswer.Unknown("dispatch started anew", key);
      case ReadOutcome.Behind<ClaimOutcome> behind ->
        new ClaimAnswer.Unknown("the stores are behind", key);
      case ReadOutcome.Unavailable<ClaimOutcome>(String why, var retryAfter) ->
        new ClaimAnswer.Unknown(why, key);
    };
  }

  private ReadOutcome<ClaimOutcome> outcome(ClaimRequest request, String key) {
    PoolKey id = new PoolKey(request.pool(), claimId(request, key));
    return reader.get(Feed.DISPATCH, StoreNames.CLAIMS, request.pool(), id);
  }

  /** No agent is named with a slash, so two agents' claims never have one id. */
  private static String claimId(ClaimRequest request, String key) {
    return request.agentId() + "/" + request.kind().name().charAt(0) + "/" + key;
  }
}
