package io.conductore.topology.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.Log;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentStuck;
import io.conductore.topology.RigDriver;
import io.conductore.topology.RigDriver.Settings;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.Window;
import io.conductore.topology.state.StoreNames;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole graph on its stores gives what the model says: shuffled, delivered up to five times,
 * restarted anywhere.
 */
class DriverPropertyTest {
  private static final int SEEDS = 50;
  private static final int RESTART_ONE_IN = 40;
  private static final int SILENCE_ONE_IN = 100;
  private static final BudgetLimits LIMITS = new BudgetLimits(
      Map.of(Window.HOUR, new Limit(9_000L, null), Window.DAY, new Limit(20_000L, null)), Map.of());

  @TempDir
  Path folder;

  @Test
  void shouldEqualTheModelWhenShuffledRepeatedAndRestarted() {
    int restarts = 0;
    Set<String> said = new HashSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      // given
      EventMix mix = new EventMix(seed);
      List<AgentActivity> events = mix.events(5 + mix.below(20));

      try (RigDriver rig =
          RigDriver.in(folder.resolve("seed" + seed), Settings.DEFAULT.limits(LIMITS))) {
        // when
        restarts += play(mix, events, rig);

        // then
        compare("seed=" + seed, rig, events);
        said.addAll(rig.derivedTypes());
      }
    }
    assertThat(restarts).as("restarts, or nothing was tried").isGreaterThan(SEEDS / 2);
    assertThat(said)
        .as("what the graph said itself, or nothing was tried")
        .contains("BUDGET_WARNING", "BUDGET_EXCEEDED", "AGENT_STUCK", "HEARTBEAT_MISSED");
  }

  /** Answers how often it restarted. */
  private static int play(EventMix mix, List<AgentActivity> events, RigDriver rig) {
    int restarts = 0;
    for (AgentActivity delivery : mix.delivered(events)) {
      rig.append(delivery);
      if (mix.oneIn(RESTART_ONE_IN)) {
        rig.restart();
        restarts++;
      }
      if (mix.oneIn(SILENCE_ONE_IN)) {
        rig.advance(Liveness.SILENCE_MAX.multipliedBy(2));
      }
    }
    return restarts;
  }

  private static void compare(String seed, RigDriver rig, List<AgentActivity> events) {
    Map<String, AgentState> agents = rig.all(StoreNames.AGENTS);
    Map<SessionKey, SessionState> sessions = rig.all(StoreNames.SESSIONS);
    Map<CostKey, Usage> costs = rig.all(StoreNames.COSTS);
    Map<String, List<AgentActivity>> derived =
        rig.derived().stream().collect(Collectors.groupingBy(AgentActivity::getStreamId));

    // What the graph said itself depends on the order of arrival, so it is taken out before the
    // comparison.
    List<AgentState> told = agents.values().stream()
        .map(agent -> without(derived.getOrDefault(agent.agentId(), List.of()), agent))
        .toList();
    assertThat(StateFacts.of(told, sessions.values(), costs))
        .as(seed)
        .isEqualTo(ReferenceModel.of(events));

    for (AgentState agent : agents.values()) {
      List<Long> dense = LongStream.rangeClosed(1, agent.ordinal()).boxed().toList();
      assertThat(rig.ordinals(Log.ACTIVITY, agent.agentId())).as(seed).isEqualTo(dense);
    }
    assertThat(rig.all(StoreNames.ACTIVITY_IDS))
        .as(seed)
        .hasSize(events.size() + ids(rig).size());
  }

  private static AgentState without(List<AgentActivity> derived, AgentState agent) {
    Set<String> ids = new HashSet<>();
    long verdicts = derived.stream()
        .filter(event -> ids.add(event.getEventId()))
        .filter(event -> event.getPayload() instanceof AgentStuck)
        .count();
    Tally tally = agent.tally();
    return new AgentState(
        agent.agentId(),
        agent.ordinal() - ids.size(),
        agent.liveness(),
        agent.beat(),
        agent.registration(),
        new Tally(
            tally.toolCalls(),
            tally.toolErrors(),
            tally.guardBlocks(),
            tally.stuckReports() - verdicts),
        agent.budget());
  }

  private static Set<String> ids(RigDriver rig) {
    return rig.derived().stream().map(AgentActivity::getEventId).collect(Collectors.toSet());
  }
}
