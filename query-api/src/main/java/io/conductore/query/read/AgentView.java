package io.conductore.query.read;

import io.conductore.topology.activity.AgentState;
import io.conductore.topology.activity.Beat;
import io.conductore.topology.activity.Liveness;
import io.conductore.topology.activity.Registration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One agent as the API shows it. Times are ISO-8601, null for never. */
public record AgentView(
    String agentId,
    String status,
    boolean missing,
    @Nullable String role,
    List<String> capabilities,
    int slots,
    @Nullable String provider,
    @Nullable String currentRepo,
    @Nullable Integer currentIssue,
    @Nullable Instant lastSeen,
    @Nullable Instant lastHeartbeat,
    @Nullable Instant lastProgress,
    List<Instance> instances,
    long lastOrdinal,
    long events,
    long toolCalls,
    long errors,
    long guardBlocks,
    long stuckReports) {
  private static final String MISSING = "missing";
  private static final String UNKNOWN = "unknown";

  /** One of the processes that share the agent's name. */
  public record Instance(String instance, Instant lastSeen) {}

  /** How the agent stands at this time. */
  public static AgentView of(AgentState agent, Instant now) {
    Liveness liveness = agent.liveness();
    Beat beat = agent.beat();
    Registration said = agent.registration();
    boolean missing = liveness.isMissing() || liveness.isSilentAt(now.toEpochMilli());
    return new AgentView(
        agent.agentId(),
        missing ? MISSING : beat.status() == null ? UNKNOWN : beat.status(),
        missing,
        said.role(),
        said.capabilities(),
        said.slots(),
        beat.provider(),
        beat.currentRepo(),
        beat.currentIssue(),
        time(liveness.lastSeenMs()),
        time(liveness.lastHeartbeatMs()),
        time(liveness.lastProgressMs()),
        liveness.instances().entrySet().stream()
            .map(entry -> new Instance(entry.getKey(), Instant.ofEpochMilli(entry.getValue())))
            .toList(),
        agent.ordinal(),
        agent.ordinal(),
        agent.tally().toolCalls(),
        agent.tally().toolErrors(),
        agent.tally().guardBlocks(),
        agent.tally().stuckReports());
  }

  private static @Nullable Instant time(long ms) {
    return ms == 0 ? null : Instant.ofEpochMilli(ms);
  }
}
