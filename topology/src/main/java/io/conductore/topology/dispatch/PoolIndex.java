package io.conductore.topology.dispatch;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool's rows are that a decision looks for, in memory; made from the stores when the task
 * opens and kept with each write. It holds keys only: the stores are the truth.
 */
final class PoolIndex {
  /** Of how many different sets of capabilities one claim looks at the first issue. */
  static final int NEEDS_LOOK_MAX = 1_000;

  private final Map<String, QueueKey> queued = new HashMap<>();
  private final TreeMap<String, Group> readyByNeeds = new TreeMap<>();
  private final Map<String, TreeSet<QueueKey>> heldByIssue = new HashMap<>();
  private final TreeSet<WaitingReview> waitingReviews = new TreeSet<>();
  private final Map<String, TreeMap<Integer, ReviewEntry>> reviewsByIssue = new HashMap<>();
  private final TreeSet<Due> dues = new TreeSet<>();
  private final Map<LeaseKey, Long> dueByLease = new HashMap<>();
  private final TreeMap<Long, PastClaim> claimsByToken = new TreeMap<>();
  private int held;

  /** Issues that need the same capabilities. */
  private record Group(List<String> needs, TreeSet<QueueKey> keys) {}

  private record Due(long dueMs, LeaseKey key) implements Comparable<Due> {
    private static final Comparator<Due> ORDER =
        Comparator.comparingLong(Due::dueMs).thenComparing(Due::key);

    @Override
    public int compareTo(Due other) {
      return ORDER.compare(this, other);
    }
  }

  private record WaitingReview(Priority priority, long wantedAtMs, String issue, int prNumber)
      implements Comparable<WaitingReview> {
    private static final Comparator<WaitingReview> ORDER = Comparator.comparing(
            WaitingReview::priority)
        .thenComparingLong(WaitingReview::wantedAtMs)
        .thenComparing(WaitingReview::issue)
        .thenComparingInt(WaitingReview::prNumber);

    static WaitingReview of(ReviewEntry review) {
      return new WaitingReview(
          review.priority(), review.wantedAtMs(), review.issue(), review.prNumber());
    }

    @Override
    public int compareTo(WaitingReview other) {
      return ORDER.compare(this, other);
    }
  }

  private record PastClaim(String claimId, long atMs) {}

  // Queue

  void enqueued(String pool, QueueEntry entry) {
    QueueKey key = entry.key(pool);
    queued.put(entry.issue(), key);
    if (key.lane() == QueueKey.Lane.READY) {
      readyByNeeds
          .computeIfAbsent(
              String.join("\0", entry.needs()), any -> new Group(entry.needs(), new TreeSet<>()))
          .keys()
          .add(key);
      return;
    }
    held++;
    for (String blocker : entry.blockedBy()) {
      heldByIssue.computeIfAbsent(blocker, any -> new TreeSet<>()).add(key);
    }
  }

  void dequeued(String pool, QueueEntry entry) {
    QueueKey key = entry.key(pool);
    queued.remove(entry.issue(), key);
    if (key.lane() == QueueKey.Lane.READY) {
      readyByNeeds.computeIfPresent(String.join("\0", entry.needs()), (needs, group) -> {
        group.keys().remove(key);
        return group.keys().isEmpty() ? null : group;
      });
      return;
    }
    held--;
    for (String blocker : entry.blockedBy()) {
      heldByIssue.computeIfPresent(blocker, (issue, keys) -> {
        keys.remove(key);
        return keys.isEmpty() ? null : keys;
      });
    }
  }

  @Nullable
  QueueKey queued(String issue) {
    return queued.get(issue);
  }

  Collection<QueueKey> heldBy(String issue) {
    TreeSet<QueueKey> keys = heldByIssue.get(issue);
    return keys == null ? List.of() : keys;
  }

  /** The first place of the queue whose needs this agent meets. */
  @Nullable
  QueueKey next(AgentDesk desk) {
    QueueKey best = null;
    int looked = 0;
    for (Group group : readyByNeeds.values()) {
      if (++looked > NEEDS_LOOK_MAX) {
        break;
      }
      QueueKey first = group.keys().first();
      if ((best == null || first.compareTo(best) < 0) && desk.suits(group.needs())) {
        best = first;
      }
    }
    return best;
  }

  boolean anyReady() {
    return !readyByNeeds.isEmpty();
  }

  boolean anyHeld() {
    return held > 0;
  }

  // Reviews

  void reviewPut(ReviewEntry review) {
    reviewDropped(review);
    reviewsByIssue
        .computeIfAbsent(review.issue(), any -> new TreeMap<>())
        .put(review.prNumber(), review);
    if (review.waits()) {
      waitingReviews.add(WaitingReview.of(review));
    }
  }

  void reviewDropped(ReviewEntry review) {
    reviewsByIssue.computeIfPresent(review.issue(), (issue, reviews) -> {
      ReviewEntry before = reviews.remove(review.prNumber());
      if (before != null) {
        waitingReviews.remove(WaitingReview.of(before));
      }
      return reviews.isEmpty() ? null : reviews;
    });
  }

  List<Integer> reviewsOf(String issue) {
    TreeMap<Integer, ReviewEntry> reviews = reviewsByIssue.get(issue);
    return reviews == null ? List.of() : List.copyOf(reviews.keySet());
  }

  List<ReviewEntry> waitingReviews(int max) {
    return waitingReviews.stream()
        .limit(max)
        .map(waiting ->
            reviewsByIssue.getOrDefault(waiting.issue(), new TreeMap<>()).get(waiting.prNumber()))
        .toList();
  }

  // Leases

  void leasePut(LeaseKey key, Lease lease) {
    leaseDropped(key);
    dueByLease.put(key, lease.dueMs());
    dues.add(new Due(lease.dueMs(), key));
  }

  void leaseDropped(LeaseKey key) {
    Long before = dueByLease.remove(key);
    if (before != null) {
      dues.remove(new Due(before, key));
    }
  }

  /** When the first lease is due; greater than any time if there is none. */
  long dueMs() {
    return dues.isEmpty() ? Long.MAX_VALUE : dues.first().dueMs();
  }

  LeaseKey due() {
    return dues.first().key();
  }

  // Claims

  void claimPut(String claimId, ClaimOutcome outcome) {
    claimsByToken.put(outcome.leaseToken(), new PastClaim(claimId, outcome.atMs()));
  }

  void claimDropped(ClaimOutcome outcome) {
    claimsByToken.remove(outcome.leaseToken());
  }

  @Nullable
  String oldClaim(long beforeMs, int claimsMax) {
    Map.Entry<Long, PastClaim> oldest = claimsByToken.firstEntry();
    return oldest != null
            && (oldest.getValue().atMs() < beforeMs || claimsByToken.size() > claimsMax)
        ? oldest.getValue().claimId()
        : null;
  }

  /** True when nothing is left to find. */
  boolean isEmpty() {
    return queued.isEmpty()
        && reviewsByIssue.isEmpty()
        && dueByLease.isEmpty()
        && claimsByToken.isEmpty();
  }
}
