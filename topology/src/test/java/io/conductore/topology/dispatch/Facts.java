package io.conductore.topology.dispatch;

import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.DispatchRecord.AgentStanding;
import io.conductore.topology.handoff.DispatchRecord.IssueReady;
import io.conductore.topology.state.StoreNames;
import java.util.List;

/** Records of a pool's log in one line each. */
final class Facts {
  static final DispatchRecord TICK = new DispatchRecord.Tick();
  static final List<String> STORES = List.of(
      StoreNames.DISPATCH_ISSUES,
      StoreNames.QUEUE,
      StoreNames.REVIEWS,
      StoreNames.DISPATCH_AGENTS,
      StoreNames.LEASES,
      StoreNames.CLAIMS);

  private Facts() {}

  static IssueReady ready(String issue, String priority, long approvedAtMs) {
    return new IssueReady(
        issue, "title", null, priority, List.of(), List.of(), approvedAtMs, false);
  }

  static IssueReady readyFor(String issue, String... labels) {
    return new IssueReady(issue, null, null, "normal", List.of(labels), List.of(), 0, false);
  }

  static IssueReady readyAfter(String issue, String... dependsOn) {
    return new IssueReady(issue, null, null, "normal", List.of(), List.of(dependsOn), 0, false);
  }

  static IssueReady again(String issue) {
    return new IssueReady(issue, null, null, "normal", List.of(), List.of(), 0, true);
  }

  static AgentStanding registered(String agentId, int slots, String... capabilities) {
    return new AgentStanding(agentId, slots, List.of(capabilities), null, null, null, null);
  }

  static AgentStanding refused(String agentId, String refusal) {
    return new AgentStanding(agentId, 1, List.of(), null, refusal, null, null);
  }
}
