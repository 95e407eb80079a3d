package io.conductore.topology;

import io.conductore.schemas.Topics;
import io.conductore.topology.activity.AgentState;
import io.conductore.topology.activity.AgentStateSerde;
import io.conductore.topology.activity.CostKey;
import io.conductore.topology.activity.GuardBlocks;
import io.conductore.topology.activity.Handed;
import io.conductore.topology.activity.HourKey;
import io.conductore.topology.activity.SessionKey;
import io.conductore.topology.activity.SessionState;
import io.conductore.topology.activity.SessionStateSerde;
import io.conductore.topology.activity.Usage;
import io.conductore.topology.activity.UsageSerde;
import io.conductore.topology.admission.Account;
import io.conductore.topology.admission.AdmissionOutcome;
import io.conductore.topology.admission.LimitsSerde;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.cursor.Cursor;
import io.conductore.topology.cursor.InboxEntry;
import io.conductore.topology.cursor.InboxId;
import io.conductore.topology.dispatch.AgentDesk;
import io.conductore.topology.dispatch.ClaimOutcome;
import io.conductore.topology.dispatch.DispatchIssue;
import io.conductore.topology.dispatch.Lease;
import io.conductore.topology.dispatch.LeaseKey;
import io.conductore.topology.dispatch.PoolKey;
import io.conductore.topology.dispatch.QueueEntry;
import io.conductore.topology.dispatch.QueueKey;
import io.conductore.topology.dispatch.ReviewEntry;
import io.conductore.topology.dispatch.ReviewKey;
import io.conductore.topology.escalation.Escalation;
import io.conductore.topology.escalation.EscalationSerde;
import io.conductore.topology.escalation.SubjectState;
import io.conductore.topology.escalation.SubjectStateSerde;
import io.conductore.topology.head.SeenId;
import io.conductore.topology.head.StreamKey;
import io.conductore.topology.lifecycle.IssueState;
import io.conductore.topology.lifecycle.IssueStateSerde;
import io.conductore.topology.lifecycle.PullKey;
import io.conductore.topology.metering.Metered;
import io.conductore.topology.state.StoreNames;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The stores of the graph. None is cached: key queries would see the cache and range queries would
 * not (docs/decisions/0005-no-cache-on-queried-stores.md).
 */
final class Stores {
  /**
   * A state or a stream entry may be as large as the event it comes from; Kafka's default is
   * smaller.
   */
  private static final Map<String, String> CHANGELOG =
      Map.of("max.message.bytes", Integer.toString(2 * Topics.RECORD_BYTES_MAX));

  private Stores() {}

  static StoreBuilder<KeyValueStore<byte[], SeenId>> ids(String name) {
    return store(name, Serdes.ByteArray(), SeenId.SERDE);
  }

  static StoreBuilder<KeyValueStore<StreamKey, byte[]>> streams(String name) {
    return store(name, StreamKey.SERDE, Serdes.ByteArray());
  }

  static StoreBuilder<KeyValueStore<String, AgentState>> agents() {
    return store(StoreNames.AGENTS, Serdes.String(), new AgentStateSerde());
  }

  static StoreBuilder<KeyValueStore<SessionKey, SessionState>> sessions() {
    return store(StoreNames.SESSIONS, SessionKey.SERDE, new SessionStateSerde());
  }

  static StoreBuilder<KeyValueStore<CostKey, Usage>> costs() {
    return store(StoreNames.COSTS, CostKey.SERDE, new UsageSerde());
  }

  static StoreBuilder<KeyValueStore<SessionKey, Metered>> metered() {
    return store(StoreNames.METERED, SessionKey.SERDE, Metered.SERDE);
  }

  static StoreBuilder<KeyValueStore<HourKey, Usage>> costHours() {
    return store(StoreNames.COST_HOURS, HourKey.SERDE, new UsageSerde());
  }

  static StoreBuilder<KeyValueStore<String, IssueState>> issues() {
    return store(StoreNames.ISSUES, Serdes.String(), new IssueStateSerde());
  }

  static StoreBuilder<KeyValueStore<PullKey, Long>> pulls() {
    return store(StoreNames.PULLS, PullKey.SERDE, Serdes.Long());
  }

  /** The rows of DISPATCH, which reads and writes them together. */
  static List<StoreBuilder<?>> dispatch() {
    return List.of(
        store(StoreNames.DISPATCH_ISSUES, PoolKey.SERDE, DispatchIssue.SERDE),
        store(StoreNames.QUEUE, QueueKey.SERDE, QueueEntry.SERDE),
        store(StoreNames.REVIEWS, ReviewKey.SERDE, ReviewEntry.SERDE),
        store(StoreNames.DISPATCH_AGENTS, PoolKey.SERDE, AgentDesk.SERDE),
        store(StoreNames.LEASES, LeaseKey.SERDE, Lease.SERDE),
        store(StoreNames.CLAIMS, PoolKey.SERDE, ClaimOutcome.SERDE));
  }

  /** The rows of ADMISSION. */
  static List<StoreBuilder<?>> admission() {
    return List.of(
        store(StoreNames.ACCOUNTS, Scope.SERDE, Account.SERDE),
        store(StoreNames.ADMISSIONS, Serdes.String(), AdmissionOutcome.SERDE),
        store(StoreNames.ADMISSION_LIMITS, Serdes.String(), new LimitsSerde()),
        store(StoreNames.ADMISSION_COPIED, Serdes.Integer(), Serdes.Long()));
  }

  static StoreBuilder<KeyValueStore<String, Handed>> handed() {
    return store(StoreNames.HANDED, Serdes.String(), Handed.SERDE);
  }

  static StoreBuilder<KeyValueStore<String, GuardBlocks>> guardBlocks() {
    return store(StoreNames.GUARD_BLOCKS, Serdes.String(), GuardBlocks.SERDE);
  }

  static StoreBuilder<KeyValueStore<String, Cursor>> cursors() {
    return store(StoreNames.CURSORS, Serdes.String(), Cursor.SERDE);
  }

  static StoreBuilder<KeyValueStore<StreamKey, InboxEntry>> inbox() {
    return store(StoreNames.INBOX, StreamKey.SERDE, InboxEntry.SERDE);
  }

  static StoreBuilder<KeyValueStore<InboxId, Long>> inboxIds() {
    return store(StoreNames.INBOX_IDS, InboxId.SERDE, Serdes.Long());
  }

  static StoreBuilder<KeyValueStore<String, Escalation>> escalations() {
    return store(StoreNames.ESCALATIONS, Serdes.String(), new EscalationSerde());
  }

  static StoreBuilder<KeyValueStore<String, SubjectState>> escalationSubjects() {
    return store(StoreNames.ESCALATION_SUBJECTS, Serdes.String(), new SubjectStateSerde());
  }

  private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(
      String name, Serde<K> keys, Serde<V> values) {
    return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
            org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name), keys, values)
        .withCachingDisabled()
        .withLoggingEnabled(CHANGELOG);
  }
}
