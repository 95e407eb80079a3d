package io.conductore.topology.head;

import io.conductore.topology.handoff.AdmissionRecord;
import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.InboxRecord;
import io.conductore.topology.handoff.SpendingRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where a stage sends what follows from a record, all in the transaction that folds it. A stage
 * that is not wired to an outlet may not use it.
 */
public interface Outlets {
  /** An event for the log that its envelope belongs to. */
  void event(SpecificRecord envelope);

  /** Something that the pool's dispatch must know. */
  void dispatch(String pool, DispatchRecord record);

  /**
   * To one agent by its id, or to all partitions by
   * {@link io.conductore.topology.handoff.Handoff#EVERYONE}.
   */
  void inbox(String key, InboxRecord record);

  void cause(CauseRecord record);

  /** What a model call cost, for the relay to rig.admissions. */
  void spending(SpendingRecord record);

  void admission(AdmissionRecord record);

  /** Plain JSON for whoever watches rig.escalations. */
  void escalation(String escalationId, byte[] json);
}
