package io.conductore.topology.dispatch;

import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.head.FeedStage.Place;
import java.time.Duration;
import java.util.List;

/**
 * Decides what a record of a pool's log changes. Pure: the pool as it is, the record and its place
 * are all that counts, so any run over the same log comes to the same.
 */
public final class Dispatch {
  /** How long the outcome of a claim can be asked for again. */
  public static final Duration CLAIM_KEPT = Duration.ofHours(24);

  /** And how many of a pool, the newest. */
  public static final int CLAIMS_KEPT_MAX = 100_000;

  private final DispatchRules rules;

  public Dispatch(DispatchRules rules) {
    this.rules = rules;
  }

  /** What the record says, after all that is due by its time has run out. */
  List<Change> decide(PoolView view, DispatchRecord record, Place place) {
    Draft draft = new Draft(view, place);
    IssueRules issues = new IssueRules(draft, rules);
    LeaseRules leases = new LeaseRules(draft, rules);
    switch (record) {
      case DispatchRecord.Claim claim -> new ClaimRules(draft).claim(claim);
      case DispatchRecord.IssueReady ready -> issues.ready(ready);
      case DispatchRecord.IssueTaken taken -> issues.taken(taken);
      case DispatchRecord.IssueSettled settled -> issues.settled(settled);
      case DispatchRecord.ReviewWanted wanted -> issues.reviewWanted(wanted);
      case DispatchRecord.ReviewSettled settled -> issues.reviewSettled(settled);
      case DispatchRecord.IssueProgressed progress -> leases.progressed(progress);
      case DispatchRecord.AgentProgressed progress -> leases.progressed(progress);
      case DispatchRecord.IssueReleased release -> leases.released(release);
      case DispatchRecord.AgentGaveUp gaveUp -> leases.gaveUp(gaveUp);
      case DispatchRecord.AgentStanding standing -> leases.standing(standing);
      case DispatchRecord.BudgetStanding standing -> leases.budget(standing);
      case DispatchRecord.Tick tick -> {}
    }
    return draft.decision();
  }

  /** What the first lease that is due by the record's time leaves behind; empty when none is. */
  List<Change> expireNext(PoolView view, Place place) {
    Lease due = view.due(place.timeMs());
    if (due == null) {
      return List.of();
    }
    Draft draft = new Draft(view, place);
    new LeaseRules(draft, rules).expire(due);
    return draft.decision();
  }

  /** Forgets the oldest claim once it is old enough; empty while it is not. */
  List<Change> sweepNext(PoolView view, Place place) {
    String old = view.oldClaim(place.timeMs() - CLAIM_KEPT.toMillis(), CLAIMS_KEPT_MAX);
    return old == null ? List.of() : List.of(new Change.DropClaim(old));
  }
}
