package io.conductore.topology.dispatch;

import io.conductore.topology.head.FeedStage.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one record while they are made. A rule reads the pool as it was before the record,
 * but for desks, which several rules may change in turn.
 */
final class Draft {
  private final PoolView view;
  private final Place place;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, AgentDesk> desks = new LinkedHashMap<>();

  Draft(PoolView view, Place place) {
    this.view = view;
    this.place = place;
  }

  PoolView view() {
    return view;
  }

  String pool() {
    return view.pool();
  }

  /** The record's time. */
  long atMs() {
    return place.timeMs();
  }

  /** Greater than that of any record before it. */
  long token() {
    return place.offset() + 1;
  }

  /** What is known of an issue, or that nothing is. */
  DispatchIssue issue(String issue) {
    DispatchIssue known = view.issue(issue);
    return known == null ? DispatchIssue.unapproved(issue) : known;
  }

  @Nullable
  Lease workLease(String issue) {
    return view.lease(LeaseKey.work(pool(), issue));
  }

  @Nullable
  Lease reviewLease(String issue, int prNumber) {
    return view.lease(LeaseKey.review(pool(), issue, prNumber));
  }

  AgentDesk desk(String agentId) {
    AgentDesk changed = desks.get(agentId);
    return changed == null ? view.desk(agentId) : changed;
  }

  void desk(String agentId, UnaryOperator<AgentDesk> change) {
    desks.put(agentId, change.apply(desk(agentId)));
  }

  void add(Change change) {
    changes.add(change);
  }

  /** A new lease: its holder's desk has it from now on. */
  void lease(Lease lease) {
    add(new Change.PutLease(lease));
    desk(lease.agentId(), desk -> desk.takes(lease));
  }

  /** The lease is over: its holder's slot is free. */
  void giveBack(Lease lease) {
    add(new Change.DropLease(lease));
    desk(lease.agentId(), desk -> desk.givesBack(lease));
  }

  /** Everything, in an order that is the same in any run. */
  List<Change> decision() {
    List<Change> all = new ArrayList<>(changes);
    desks.values().forEach(desk -> all.add(new Change.PutDesk(desk)));
    return List.copyOf(all);
  }
}
