package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.GoldenTaskCompleted;
import io.conductore.schemas.activity.Heartbeat;
import io.conductore.schemas.activity.HeartbeatMissed;
import io.conductore.schemas.activity.MemoryWrite;
import io.conductore.schemas.activity.ToolCall;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When an agent was heard of. A heartbeat is not progress: progress has its own clock. All times
 * are epoch milliseconds, 0 for never.
 *
 * @param missedSinceMs the lastSeen of the newest HEARTBEAT_MISSED; the agent is missing while
 *     nothing newer was seen
 * @param instances when each of dev-e-node/abc12 and its kin was last seen
 */
public record Liveness(
    long firstSeenMs,
    long lastSeenMs,
    long lastHeartbeatMs,
    long lastProgressMs,
    long missedSinceMs,
    Map<String, Long> instances) {

  /** Silence longer than this escalates (events.md, decision 3). */
  public static final Duration SILENCE_MAX = Duration.ofMinutes(5);

  static final int INSTANCES_KEPT = 32;
  static final Liveness UNSEEN = new Liveness(0, 0, 0, 0, 0, Map.of());

  public Liveness {
    instances = Collections.unmodifiableMap(instances);
  }

  Liveness apply(AgentActivity event) {
    if (event.getPayload() instanceof HeartbeatMissed missed) {
      Long seenMs = missed.getLastSeenMs();
      return seenMs == null ? this : missedSince(Math.max(missedSinceMs, seenMs));
    }
    long atMs = event.getOccurredAtMs();
    return new Liveness(
        firstSeenMs == 0 ? atMs : Math.min(firstSeenMs, atMs),
        Math.max(lastSeenMs, atMs),
        event.getPayload() instanceof Heartbeat ? Math.max(lastHeartbeatMs, atMs) : lastHeartbeatMs,
        isProgress(event) ? Math.max(lastProgressMs, atMs) : lastProgressMs,
        missedSinceMs,
        seen(event.getInstance(), atMs));
  }

  /** True after a HEARTBEAT_MISSED until anything newer is heard. */
  public boolean isMissing() {
    return missedSinceMs != 0 && missedSinceMs >= lastSeenMs;
  }

  /** True when an agent that sends heartbeats has been silent for too long at this time. */
  public boolean isSilentAt(long timeMs) {
    return lastHeartbeatMs > 0 && timeMs - lastSeenMs > SILENCE_MAX.toMillis();
  }

  private static boolean isProgress(AgentActivity event) {
    return switch (event.getPayload()) {
      case ToolCall call -> !"error".equals(call.getOutcome());
      case MemoryWrite written -> true;
      case GoldenTaskCompleted golden -> true;
      default -> false;
    };
  }

  private Liveness missedSince(long sinceMs) {
    return new Liveness(
        firstSeenMs, lastSeenMs, lastHeartbeatMs, lastProgressMs, sinceMs, instances);
  }

  private Map<String, Long> seen(@Nullable String instance, long atMs) {
    if (instance == null || instances.getOrDefault(instance, Long.MIN_VALUE) >= atMs) {
      return instances;
    }
    Map<String, Long> next = new TreeMap<>(instances);
    next.put(instance, atMs);
    if (next.size() > INSTANCES_KEPT) {
      // The oldest by time, then name: the same one in any order of arrival.
      next.entrySet().stream()
          .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey)
          .ifPresent(next::remove);
    }
    return next;
  }
}
