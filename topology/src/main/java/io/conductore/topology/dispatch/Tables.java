package io.conductore.topology.dispatch;

import io.conductore.topology.state.StoreNames;
import io.conductore.topology.state.Table;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The rows of all pools of a task. */
record Tables(
    Table<PoolKey, DispatchIssue> issues,
    Table<QueueKey, QueueEntry> queue,
    Table<ReviewKey, ReviewEntry> reviews,
    Table<PoolKey, AgentDesk> desks,
    Table<LeaseKey, Lease> leases,
    Table<PoolKey, ClaimOutcome> claims) {

  static Tables of(ProcessorContext<?, ?> context) {
    return new Tables(
        Table.of(context.getStateStore(StoreNames.DISPATCH_ISSUES)),
        Table.of(context.getStateStore(StoreNames.QUEUE)),
        Table.of(context.getStateStore(StoreNames.REVIEWS)),
        Table.of(context.getStateStore(StoreNames.DISPATCH_AGENTS)),
        Table.of(context.getStateStore(StoreNames.LEASES)),
        Table.of(context.getStateStore(StoreNames.CLAIMS)));
  }
}
