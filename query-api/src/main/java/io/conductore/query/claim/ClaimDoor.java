package io.conductore.query.claim;

import io.conductore.query.door.FeedAppender;
import io.conductore.query.http.Answers;
import io.conductore.query.http.HttpServer;
import io.conductore.query.http.Problem;
import io.conductore.query.http.WaitingRoom;
import io.conductore.query.read.PositionGate;
import io.conductore.query.read.PositionToken;
import io.conductore.query.read.StoreReader;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * GET /api/assignments/next and /api/reviews/next, as the original has them: a GET that writes. It
 * is refused to pages of other origins and never cached.
 */
public final class ClaimDoor {
  static final String REASON = "Reason";
  private static final int WAITING_MAX = 2_000;
  private static final int NOTHING = 204;
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** However much happens in a pool, a waiting request looks at it this often at most. */
  private static final long PAUSE_NS = Duration.ofMillis(20).toNanos();

  private final Claiming claiming;
  private final PositionGate gate;
  private final WaitingRoom room = new WaitingRoom(WAITING_MAX);

  public ClaimDoor(FeedAppender feeds, StoreReader reader, PositionGate gate, InstantSource clock) {
    this.claiming = new Claiming(feeds, reader, gate, new Look(reader, clock));
    this.gate = gate;
  }

  public void work(Context ctx) {
    answer(ctx, ClaimRequest.of(ctx, Kind.WORK));
  }

  public void review(Context ctx) {
    answer(ctx, ClaimRequest.of(ctx, Kind.REVIEW));
  }

  /** Whoever waits is sent home: nothing will come from here any more. */
  public void close() {
    room.close();
  }

  private void answer(Context ctx, ClaimRequest request) {
    HttpServer.mustBeSameOrigin(ctx);
    ctx.header(Header.CACHE_CONTROL, "no-store");
    ClaimAnswer first = claiming.claim(request);
    if (first instanceof ClaimAnswer.Nothing nothing && request.patience().isPositive()) {
      await(ctx, request, nothing);
    } else {
      say(ctx, first);
    }
  }

  private void await(Context ctx, ClaimRequest request, ClaimAnswer.Nothing first) {
    if (!room.enter()) {
      Answers.problem(ctx, Problem.unavailable("too many requests wait", RETRY));
      return;
    }
    try {
      say(ctx, awaited(request, first));
    } finally {
      room.leave();
    }
  }

  /** Asks again whenever the pool's log has moved, until there is something or the time is over. */
  private ClaimAnswer awaited(ClaimRequest request, ClaimAnswer.Nothing first) {
    long deadlineNs = System.nanoTime() + request.patience().toNanos();
    ClaimAnswer answer = first;
    while (answer instanceof ClaimAnswer.Nothing nothing) {
      long leftNs = deadlineNs - System.nanoTime();
      boolean moved = leftNs > 0
          && gate.await(next(nothing.position()), place -> true, Duration.ofNanos(leftNs));
      if (!room.isOpen()) {
        return new ClaimAnswer.Unknown("the API stops", request.keyOrNone());
      }
      if (!moved) {
        return nothing;
      }
      LockSupport.parkNanos(PAUSE_NS);
      answer = claiming.claim(request);
    }
    return answer;
  }

  private static PositionToken next(PositionToken here) {
    Map<PositionToken.Place, Long> offsets = new HashMap<>();
    here.nextOffsets().forEach((place, offset) -> offsets.put(place, offset + 1));
    return new PositionToken(offsets);
  }

  private static void say(Context ctx, ClaimAnswer answer) {
    switch (answer) {
      case ClaimAnswer.Given(var outcome, String key, PositionToken position) -> {
        ctx.header(Answers.POSITION, position.text());
        ctx.header(ClaimRequest.IDEMPOTENCY_KEY, key);
        Answers.json(ctx, AssignmentView.of(outcome, key));
      }
      case ClaimAnswer.Nothing(var reason, PositionToken position) -> {
        ctx.header(Answers.POSITION, position.text());
        ctx.header(REASON, reason.word());
        ctx.status(NOTHING);
      }
      case ClaimAnswer.Unknown(String why, String key) -> {
        if (!key.isEmpty()) {
          ctx.header(ClaimRequest.IDEMPOTENCY_KEY, key);
        }
        String next = "; repeat the claim with the Idempotency-Key of this answer.";
        Answers.problem(ctx, Problem.unavailable(why + next, RETRY));
      }
    }
  }
}
