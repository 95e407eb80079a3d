package io.conductore.topology.activity;

import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.flat.FlatOutcome;
import io.conductore.schemas.flat.FlatReader;
import io.conductore.schemas.flat.Reading;
import io.conductore.topology.Flat;
import io.conductore.topology.RigDriver;
import io.conductore.topology.price.PriceTable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Distinct events of a few agents, drawn from a seed: all types that change state, equal times on
 * purpose, late ones, ids that are UUIDs and ids that are not.
 */
final class EventMix {
  private static final PriceTable PRICES = PriceTable.bundled();
  private static final Duration TIME_STEP = Duration.ofMinutes(20);
  private static final int TIME_STEPS = 400;
  private static final int DUPLICATES_MAX = 5;
  private static final List<String> AGENTS = List.of("dev-e/one", "dev-e/two", "dev-f", "ops");
  private static final List<String> MODELS =
      List.of("claude-sonnet-4-6", "gpt-x", "claude-haiku-4-5");

  private final Random random;

  /**
   * Drawn once for a seed, so that some seeds crowd one agent and the present, and others spread
   * out.
   */
  private final int agents;

  private final int timeSteps;
  private final int callsInTen;

  EventMix(long seed) {
    this.random = new Random(seed);
    this.agents = 1 + random.nextInt(AGENTS.size());
    this.timeSteps = random.nextBoolean() ? 2 : TIME_STEPS;
    this.callsInTen = random.nextInt(3) == 0 ? 8 : 0;
  }

  /** So many events, each with an id of its own, as the door gives them. */
  List<AgentActivity> events(int count) {
    List<AgentActivity> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(read(next().id(id(i)).at(time())));
    }
    return events;
  }

  /** Each event one to five times, in any order. */
  List<AgentActivity> delivered(List<AgentActivity> events) {
    List<AgentActivity> deliveries = new ArrayList<>();
    for (AgentActivity event : events) {
      deliveries.addAll(Collections.nCopies(1 + random.nextInt(DUPLICATES_MAX), event));
    }
    Collections.shuffle(deliveries, random);
    return deliveries;
  }

  List<AgentActivity> shuffled(List<AgentActivity> events) {
    List<AgentActivity> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  /** True once in so many draws. */
  boolean oneIn(int draws) {
    return random.nextInt(draws) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private Flat next() {
    String agent = AGENTS.get(random.nextInt(agents));
    int kind = random.nextInt(10) < callsInTen ? 5 : random.nextInt(12);
    Flat event = switch (kind) {
      case 0, 1 -> heartbeat(agent);
      case 2, 3, 4 -> usage(agent);
      case 5, 6, 7 -> call(agent);
      case 8 -> registration(agent);
      case 9 -> limit(agent);
      case 10 -> Flat.of("GUARD_BLOCKED", agent).with("rule", "r" + random.nextInt(2));
      default -> other(agent);
    };
    return random.nextInt(4) == 0 ? event : event.with("sessionId", "s" + random.nextInt(2));
  }

  private Flat heartbeat(String agent) {
    Flat beat = Flat.of("HEARTBEAT", agent).with("status", "status " + random.nextInt(9));
    return random.nextBoolean()
        ? beat
        : beat.with("currentRepo", "o/r")
            .with("currentIssue", random.nextInt(9))
            .with("activeProvider", "p" + random.nextInt(3));
  }

  private Flat usage(String agent) {
    Flat usage = Flat.usage(agent, random.nextInt(5_000), random.nextInt(500))
        .with("model", MODELS.get(random.nextInt(MODELS.size())))
        .with("cacheCreationTokens", random.nextInt(300))
        .with("cacheReadTokens", random.nextInt(90_000));
    if (random.nextBoolean()) {
      usage.with("repo", "o/r" + random.nextInt(2)).with("issueNumber", random.nextInt(3));
    }
    return random.nextInt(3) == 0
        ? usage.with("costUsd", BigDecimal.valueOf(random.nextInt(1_000_000), 7))
        : usage;
  }

  private Flat call(String agent) {
    Flat call = Flat.of("TOOL_CALL", agent)
        .with("tool", "tool" + random.nextInt(2))
        .with("inputDigest", "i" + random.nextInt(2));
    if (random.nextBoolean()) {
      call.with("turn", random.nextInt(20));
    }
    return random.nextInt(3) == 0
        ? call.with("outcome", "error").with("errorDigest", "e" + random.nextInt(2))
        : call.with("outcome", "ok")
            .with("outputDigest", "o" + random.nextInt(2))
            .with("durationMs", random.nextInt(12_000));
  }

  private Flat registration(String agent) {
    return Flat.of("AGENT_REGISTERED", agent)
        .with("role", "role" + random.nextInt(3))
        .with("slots", random.nextInt(4))
        .with("capabilities", List.of("c" + random.nextInt(3), "d"))
        .with("allocatedInputTokens", random.nextInt(9) * 1_000);
  }

  private Flat limit(String agent) {
    Flat change = Flat.of("BUDGET_LIMIT_CHANGED", agent)
        .with("window", random.nextBoolean() ? "hour" : "day")
        .with("by", "person " + random.nextInt(2));
    if (random.nextBoolean()) {
      change.with("limitTokens", random.nextInt(100_000));
    }
    if (random.nextBoolean()) {
      change.with("limitUsd", BigDecimal.valueOf(random.nextInt(1_000), 2));
    }
    return random.nextBoolean() ? change : change.with("until", time().toString());
  }

  private Flat other(String agent) {
    List<String> types =
        List.of("MEMORY_WRITE", "TURN_COMPLETED", "GOLDEN_TASK_COMPLETED", "AGENT_STUCK");
    return Flat.of(types.get(random.nextInt(types.size())), agent);
  }

  private String id(int index) {
    return random.nextBoolean()
        ? new UUID(random.nextLong(), random.nextLong()).toString()
        : "event-" + index;
  }

  private Instant time() {
    return RigDriver.START.minus(TIME_STEP.multipliedBy(random.nextInt(timeSteps)));
  }

  private static AgentActivity read(Flat event) {
    Reading reading = new Reading(RigDriver.START.toEpochMilli(), () -> "none", "test");
    if (FlatReader.read(event.json(), reading) instanceof FlatOutcome.Accepted accepted) {
      PRICES.stamp(accepted.event());
      return (AgentActivity) accepted.event().envelope();
    }
    throw new AssertionError("not accepted: " + event.json());
  }
}
