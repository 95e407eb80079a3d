package io.conductore.query.claim;

import io.conductore.query.read.PositionToken;
import io.conductore.query.read.ReadOutcome;
import io.conductore.query.read.StoreReader;
import io.conductore.schemas.Feed;
import io.conductore.topology.dispatch.AgentDesk;
import io.conductore.topology.dispatch.PoolKey;
import io.conductore.topology.dispatch.Reason;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.conductore.topology.state.StoreNames;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A look at the stores before a claim is written, so that whoever polls for nothing writes nothing.
 * It refuses only what dispatch would refuse at the same position; whatever is in doubt is claimed,
 * and the log decides.
 */
final class Look {
  private static final int FRONTS_MAX = 1_000;

  private final StoreReader reader;
  private final InstantSource clock;
  private final Map<Lane, Front> fronts = new ConcurrentHashMap<>();

  /** Where the last claim was given something: there is likely more, and looking costs time. */
  private final Set<Lane> flowing = ConcurrentHashMap.newKeySet();

  /** What waits in a pool: issues or reviews. */
  private record Lane(String pool, Kind kind) {
    static Lane of(ClaimRequest request) {
      return new Lane(request.pool(), request.kind());
    }
  }

  /** What a look comes to. */
  sealed interface Seen {
    /** There may be something. */
    record Perhaps() implements Seen {}

    /** There is nothing at this position. */
    record No(Reason reason, PositionToken position) implements Seen {}

    /** The stores do not answer. */
    record Blind(String why) implements Seen {}
  }

  Look(StoreReader reader, InstantSource clock) {
    this.reader = reader;
    this.clock = clock;
  }

  Seen at(ClaimRequest request) {
    PoolKey key = new PoolKey(request.pool(), request.agentId());
    ReadOutcome<AgentDesk> desk =
        reader.get(Feed.DISPATCH, StoreNames.DISPATCH_AGENTS, request.pool(), key);
    return switch (desk) {
      case ReadOutcome.Found<AgentDesk>(AgentDesk found, PositionToken position) ->
        at(request, found, position);
      case ReadOutcome.Absent<AgentDesk>(PositionToken position) ->
        at(request, AgentDesk.unheard(request.agentId()), position);
      case ReadOutcome.Behind<AgentDesk> behind -> new Seen.Blind("the stores are behind");
      case ReadOutcome.Unavailable<AgentDesk>(String why, var retryAfter) -> new Seen.Blind(why);
    };
  }

  /** What a claim came to says whether the next one should look first. */
  void learn(ClaimRequest request, boolean given) {
    if (given) {
      flowing.add(Lane.of(request));
    } else {
      flowing.remove(Lane.of(request));
    }
  }

  private Seen at(ClaimRequest request, AgentDesk desk, PositionToken position) {
    Reason refusal = desk.refuses(request.kind(), clock.millis());
    if (refusal != null) {
      return new Seen.No(refusal, position);
    }
    Lane lane = Lane.of(request);
    if (flowing.contains(lane)) {
      return new Seen.Perhaps();
    }
    return switch (front(lane)) {
      case ReadOutcome.Found<Front>(Front front, PositionToken at) ->
        front.refuses(desk).<Seen>map(reason -> new Seen.No(reason, at)).orElse(new Seen.Perhaps());
      case ReadOutcome.Absent<Front> absent -> new Seen.Perhaps();
      case ReadOutcome.Behind<Front> behind -> new Seen.Blind("the stores are behind");
      case ReadOutcome.Unavailable<Front>(String why, var retryAfter) -> new Seen.Blind(why);
    };
  }

  /** Everything that changes a queue moves the position of its log, so the last look may do. */
  private ReadOutcome<Front> front(Lane lane) {
    PositionToken now = reader.positionOf(Feed.DISPATCH, lane.pool());
    Front known = fronts.get(lane);
    if (known != null && known.position().equals(now)) {
      return new ReadOutcome.Found<>(known, now);
    }
    ReadOutcome<Front> looked = lane.kind() == Kind.WORK
        ? Front.ofWork(reader, lane.pool())
        : Front.ofReviews(reader, lane.pool());
    if (looked instanceof ReadOutcome.Found<Front>(Front front, PositionToken at)) {
      if (fronts.size() >= FRONTS_MAX) {
        fronts.clear();
      }
      fronts.put(lane, front);
    }
    return looked;
  }
}
