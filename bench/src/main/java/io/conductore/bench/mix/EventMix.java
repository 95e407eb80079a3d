package io.conductore.bench.mix;

import io.conductore.schemas.activity.AgentActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a hundred busy agents say, as an endless stream: the same seed and start give the same
 * events, byte for byte. A small share are exact repeats of recent events, as retries produce them.
 */
public final class EventMix {
  public static final int AGENTS = 100;
  public static final int TOOL_CALL_PERCENT = 40;
  public static final int TURN_COMPLETED_PERCENT = 25;
  public static final int TOKEN_USAGE_PERCENT = 20;
  public static final int HEARTBEAT_PERCENT = 15;
  public static final int DUPLICATES_PER_MILLE = 15;

  /** A hundred agents that say something every two seconds each. */
  private static final Duration EVENT_SPACING = Duration.ofMillis(20);

  private static final int RECENT_EVENTS_MAX = 1_000;

  private final SplittableRandom random;
  private final Instant start;
  private final List<AgentTrace> agents = new ArrayList<>(AGENTS);
  private final List<AgentActivity> recent = new ArrayList<>(RECENT_EVENTS_MAX);
  private long emitted;

  public EventMix(long seed, Instant start) {
    this.random = new SplittableRandom(seed);
    this.start = start;
    for (int i = 0; i < AGENTS; i++) {
      agents.add(new AgentTrace("dev-e-%02d".formatted(i), random));
    }
  }

  public AgentActivity next() {
    long atMs = start.plus(EVENT_SPACING.multipliedBy(emitted++)).toEpochMilli();
    boolean repeat = random.nextInt(1_000) < DUPLICATES_PER_MILLE;
    if (repeat && !recent.isEmpty()) {
      return recent.get(random.nextInt(recent.size()));
    }
    AgentActivity event = agents.get(random.nextInt(AGENTS)).say(random.nextInt(100), atMs);
    remember(event);
    return event;
  }

  public List<AgentActivity> take(int count) {
    List<AgentActivity> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(next());
    }
    return events;
  }

  /** The time that a number of events spans, for choosing a start that ends about now. */
  public static Duration span(long events) {
    return EVENT_SPACING.multipliedBy(events);
  }

  private void remember(AgentActivity event) {
    if (recent.size() < RECENT_EVENTS_MAX) {
      recent.add(event);
    } else {
      recent.set((int) (emitted % RECENT_EVENTS_MAX), event);
    }
  }
}
