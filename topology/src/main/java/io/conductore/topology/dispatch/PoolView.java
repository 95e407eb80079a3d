package io.conductore.topology.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pool as a decision sees it: read only. All of it follows from the stores. */
interface PoolView {
  String pool();

  @Nullable
  DispatchIssue issue(String issue);

  /** The desk of an agent that nobody has heard of is one as well. */
  AgentDesk desk(String agentId);

  @Nullable
  Lease lease(LeaseKey key);

  @Nullable
  ReviewEntry review(ReviewKey key);

  @Nullable
  ClaimOutcome claim(String claimId);

  /** The issue's entry in the queue, if it waits. */
  @Nullable
  QueueEntry queued(String issue);

  /** What waits for this issue, in the order of the queue. */
  List<QueueEntry> dependants(String issue);

  /** The first entry of the queue that this agent may have. */
  @Nullable
  QueueEntry next(AgentDesk desk);

  /** True when anything could be handed out to somebody. */
  boolean anyReady();

  /** True when anything waits for other issues. */
  boolean anyHeld();

  /** The issue's pull requests that are under review. */
  List<Integer> reviewsOf(String issue);

  /** Reviews that wait for a reviewer, urgent and old ones first, at most so many. */
  List<ReviewEntry> waitingReviews(int max);

  /** The lease that is due first, if it is due by then. */
  @Nullable
  Lease due(long atMs);

  /** The oldest claim, if it is from before then or there are more than so many. */
  @Nullable
  String oldClaim(long beforeMs, int claimsMax);
}
