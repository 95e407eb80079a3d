package io.conductore.topology.dispatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One pool: its rows in the tables, and the index that finds them. */
final class Pool implements PoolView {
  private final String name;
  private final Tables tables;
  private final PoolIndex index = new PoolIndex();

  Pool(String name, Tables tables) {
    this.name = name;
    this.tables = tables;
  }

  /** Every pool that has rows, by name. */
  static Map<String, Pool> all(Tables tables) {
    Map<String, Pool> pools = new HashMap<>();
    tables
        .queue()
        .each((key, entry) -> named(key.pool(), pools, tables).index.enqueued(key.pool(), entry));
    tables
        .reviews()
        .each((key, review) -> named(key.pool(), pools, tables).index.reviewPut(review));
    tables
        .leases()
        .each((key, lease) -> named(key.pool(), pools, tables).index.leasePut(key, lease));
    tables
        .claims()
        .each((key, outcome) -> named(key.pool(), pools, tables).index.claimPut(key.id(), outcome));
    return pools;
  }

  private static Pool named(String name, Map<String, Pool> pools, Tables tables) {
    return pools.computeIfAbsent(name, pool -> new Pool(pool, tables));
  }

  void apply(Change.Row row) {
    switch (row) {
      case Change.PutIssue(var issue) -> tables.issues().put(key(issue.issue()), issue);
      case Change.PutDesk(var desk) -> tables.desks().put(key(desk.agentId()), desk);
      case Change.Enqueue(var entry) -> {
        tables.queue().put(entry.key(name), entry);
        index.enqueued(name, entry);
      }
      case Change.Dequeue(var entry) -> {
        tables.queue().drop(entry.key(name));
        index.dequeued(name, entry);
      }
      case Change.PutReview(var review) -> {
        tables.reviews().put(review.key(name), review);
        index.reviewPut(review);
      }
      case Change.DropReview(var review) -> {
        tables.reviews().drop(review.key(name));
        index.reviewDropped(review);
      }
      case Change.PutLease(var lease) -> {
        tables.leases().put(lease.key(name), lease);
        index.leasePut(lease.key(name), lease);
      }
      case Change.DropLease(var lease) -> {
        tables.leases().drop(lease.key(name));
        index.leaseDropped(lease.key(name));
      }
      case Change.PutClaim(var claimId, var outcome) -> {
        tables.claims().put(key(claimId), outcome);
        index.claimPut(claimId, outcome);
      }
      case Change.DropClaim(var claimId) -> {
        index.claimDropped(Objects.requireNonNull(tables.claims().get(key(claimId))));
        tables.claims().drop(key(claimId));
      }
    }
  }

  /** When the first lease is due. */
  long dueMs() {
    return index.dueMs();
  }

  /** True when the index has nothing, so that it can be forgotten. */
  boolean isEmpty() {
    return index.isEmpty();
  }

  @Override
  public String pool() {
    return name;
  }

  @Override
  public @Nullable DispatchIssue issue(String issue) {
    return tables.issues().get(key(issue));
  }

  @Override
  public AgentDesk desk(String agentId) {
    AgentDesk desk = tables.desks().get(key(agentId));
    return desk == null ? AgentDesk.unheard(agentId) : desk;
  }

  @Override
  public @Nullable Lease lease(LeaseKey key) {
    return tables.leases().get(key);
  }

  @Override
  public @Nullable ReviewEntry review(ReviewKey key) {
    return tables.reviews().get(key);
  }

  @Override
  public @Nullable ClaimOutcome claim(String claimId) {
    return tables.claims().get(key(claimId));
  }

  @Override
  public @Nullable QueueEntry queued(String issue) {
    QueueKey key = index.queued(issue);
    return key == null ? null : tables.queue().get(key);
  }

  @Override
  public List<QueueEntry> dependants(String issue) {
    return index.heldBy(issue).stream().map(this::entry).toList();
  }

  @Override
  public @Nullable QueueEntry next(AgentDesk desk) {
    QueueKey key = index.next(desk);
    return key == null ? null : entry(key);
  }

  @Override
  public boolean anyReady() {
    return index.anyReady();
  }

  @Override
  public boolean anyHeld() {
    return index.anyHeld();
  }

  @Override
  public List<Integer> reviewsOf(String issue) {
    return index.reviewsOf(issue);
  }

  @Override
  public List<ReviewEntry> waitingReviews(int max) {
    return index.waitingReviews(max);
  }

  @Override
  public @Nullable Lease due(long atMs) {
    return index.dueMs() <= atMs ? tables.leases().get(index.due()) : null;
  }

  @Override
  public @Nullable String oldClaim(long beforeMs, int claimsMax) {
    return index.oldClaim(beforeMs, claimsMax);
  }

  private QueueEntry entry(QueueKey key) {
    return Objects.requireNonNull(
        tables.queue().get(key), "the index names a row that is not there");
  }

  private PoolKey key(String id) {
    return new PoolKey(name, id);
  }
}
