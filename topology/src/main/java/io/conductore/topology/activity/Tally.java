package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.schemas.activity.GuardBlocked;
import io.conductore.schemas.activity.ToolCall;

/** Counts that an operator looks at first. */
public record Tally(long toolCalls, long toolErrors, long guardBlocks, long stuckReports) {
  static final Tally NONE = new Tally(0, 0, 0, 0);

  Tally apply(AgentActivity event) {
    return switch (event.getPayload()) {
      case ToolCall call ->
        new Tally(
            toolCalls + 1,
            toolErrors + ("error".equals(call.getOutcome()) ? 1 : 0),
            guardBlocks,
            stuckReports);
      case GuardBlocked blocked -> new Tally(toolCalls, toolErrors, guardBlocks + 1, stuckReports);
      case AgentStuck stuck -> new Tally(toolCalls, toolErrors, guardBlocks, stuckReports + 1);
      default -> this;
    };
  }
}
