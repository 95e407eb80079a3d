package io.conductore.topology.dispatch;

import io.conductore.schemas.lifecycle.IssueLifecycle;
import io.conductore.topology.Rows;
import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.DispatchRecord.Claim;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.conductore.topology.handoff.Handoff;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.handoff.SpendingRecord;
import io.conductore.topology.head.FeedStage.Place;
import io.conductore.topology.head.Outlets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * The rules over maps of bytes instead of stores: a log of one pool that a test writes record by
 * record, on a clock that moves when told. Records pass through their JSON, rows through their
 * bytes.
 */
final class PoolRun implements Outlets {
  static final String POOL = "default";
  static final long START_MS = 1_795_429_800_000L;

  private final Dispatch dispatch = new Dispatch(DispatchRules.DEFAULT);
  private final List<Rows<?, ?>> all = new ArrayList<>();
  private final Tables tables;
  private final List<IssueLifecycle> events = new ArrayList<>();
  private final List<CauseRecord> causes = new ArrayList<>();
  private PoolFold fold;
  private long offset;
  private long nowMs = START_MS;
  private int claims;

  PoolRun() {
    tables = new Tables(
        rows(PoolKey.SERDE, DispatchIssue.SERDE),
        rows(QueueKey.SERDE, QueueEntry.SERDE),
        rows(ReviewKey.SERDE, ReviewEntry.SERDE),
        rows(PoolKey.SERDE, AgentDesk.SERDE),
        rows(LeaseKey.SERDE, Lease.SERDE),
        rows(PoolKey.SERDE, ClaimOutcome.SERDE));
    fold = new PoolFold(dispatch, tables, this);
  }

  // In

  PoolRun send(DispatchRecord... records) {
    for (DispatchRecord record : records) {
      at(record, nowMs);
    }
    return this;
  }

  /** The next record of the log, with the broker's time. */
  void at(DispatchRecord record, long timeMs) {
    nowMs = timeMs;
    fold.fold(read(Handoff.bytes(record)), new Place(POOL, 0, offset++, timeMs));
  }

  PoolRun later(Duration time) {
    nowMs += time.toMillis();
    return this;
  }

  PoolRun tickAfter(Duration time) {
    return later(time).send(Facts.TICK);
  }

  /** Claims work under a new id. */
  ClaimOutcome work(String agentId) {
    return claim("claim-" + ++claims, agentId, Kind.WORK);
  }

  ClaimOutcome review(String agentId) {
    return claim("claim-" + ++claims, agentId, Kind.REVIEW);
  }

  ClaimOutcome claim(String claimId, String agentId, Kind kind) {
    send(new Claim(claimId, agentId, kind));
    ClaimOutcome outcome = tables.claims().get(new PoolKey(POOL, claimId));
    if (outcome == null) {
      throw new AssertionError("no outcome of " + claimId);
    }
    return outcome;
  }

  /** The issue that the agent gets, or why it gets none. */
  String workOf(String agentId) {
    return word(work(agentId));
  }

  String reviewOf(String agentId) {
    return word(review(agentId));
  }

  static String word(ClaimOutcome outcome) {
    return switch (outcome) {
      case ClaimOutcome.Assigned work -> work.issue();
      case ClaimOutcome.ReviewAssigned review -> review.issue() + "!" + review.prNumber();
      case ClaimOutcome.Refused refused -> refused.reason().word();
    };
  }

  /** Another life on the same rows. */
  void restart() {
    fold = new PoolFold(dispatch, tables, this);
  }

  // Out

  Tables tables() {
    return tables;
  }

  long nowMs() {
    return nowMs;
  }

  long nextOffset() {
    return offset;
  }

  @Nullable
  Lease lease(String issue) {
    return tables.leases().get(LeaseKey.work(POOL, issue));
  }

  AgentDesk desk(String agentId) {
    AgentDesk desk = tables.desks().get(new PoolKey(POOL, agentId));
    return desk == null ? AgentDesk.unheard(agentId) : desk;
  }

  List<QueueEntry> queue() {
    List<QueueEntry> entries = new ArrayList<>();
    tables.queue().each((key, entry) -> entries.add(entry));
    return entries;
  }

  /** Type, issue and agent of what was said to the log of issues. */
  List<String> said() {
    return events.stream()
        .map(event -> event.getType() + " " + event.getStreamId() + " " + event.getAgentId())
        .toList();
  }

  List<IssueLifecycle> events() {
    return events;
  }

  List<CauseRecord> causes() {
    return causes;
  }

  /** Every byte of every row. */
  List<String> bytes() {
    List<String> lines = new ArrayList<>();
    all.forEach(rows -> lines.addAll(rows.bytes()));
    return lines;
  }

  // Outlets

  @Override
  public void event(SpecificRecord envelope) {
    events.add((IssueLifecycle) envelope);
  }

  @Override
  public void cause(CauseRecord record) {
    causes.add(record);
  }

  @Override
  public void dispatch(String pool, DispatchRecord record) {
    throw new AssertionError("the rules hand nothing on to dispatch");
  }

  @Override
  public void inbox(String key, InboxRecord record) {
    throw new AssertionError("nor to inboxes");
  }

  @Override
  public void spending(SpendingRecord record) {
    throw new AssertionError("no spending");
  }

  @Override
  public void admission(AdmissionRecord record) {
    throw new AssertionError("no admission");
  }

  @Override
  public void escalation(String escalationId, byte[] json) {
    throw new AssertionError("nor to escalations");
  }

  private static DispatchRecord read(byte[] json) {
    try {
      return Handoff.read(json, DispatchRecord.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <K, V> Rows<K, V> rows(Serde<K> keys, Serde<V> values) {
    Rows<K, V> rows = new Rows<>(keys, values);
    all.add(rows);
    return rows;
  }
}
