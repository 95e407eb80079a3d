package io.conductore.topology.activity;

import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.LimitChange;
import io.conductore.topology.budget.Window;
import io.conductore.topology.budget.Windows;
import io.conductore.topology.state.Stamp;
import io.conductore.topology.stuck.Step;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The product's states as facts. What only tells the order of arrival is left out. */
final class StateFacts {
  private StateFacts() {}

  static Facts of(
      Collection<AgentState> agents, Collection<SessionState> sessions, Map<CostKey, Usage> costs) {
    Facts facts = new Facts(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    agents.forEach(agent -> facts.agents().put(agent.agentId(), agent(agent)));
    sessions.forEach(session -> facts.sessions().put(name(session.key()), session(session)));
    costs.forEach((key, usage) -> facts.costs().put(name(key), usage(usage)));
    return facts;
  }

  private static Map<String, Object> agent(AgentState agent) {
    Map<String, Object> facts = new TreeMap<>();
    Liveness liveness = agent.liveness();
    facts.put("events", agent.ordinal());
    facts.put("first seen", liveness.firstSeenMs());
    facts.put("last seen", liveness.lastSeenMs());
    facts.put("last heartbeat", liveness.lastHeartbeatMs());
    facts.put("last progress", liveness.lastProgressMs());
    facts.put("instances", liveness.instances());
    facts.put("beat", beat(agent.beat()));
    facts.put("said", said(agent.registration()));
    facts.put("tool calls", agent.tally().toolCalls());
    facts.put("tool errors", agent.tally().toolErrors());
    facts.put("guard blocks", agent.tally().guardBlocks());
    facts.put("stuck reports", agent.tally().stuckReports());
    facts.put("hours", spent(agent.budget().hours()));
    facts.put("days", spent(agent.budget().days()));
    for (Window window : Window.BY_CLOCK) {
      facts.put("limit of the " + window.word(), limit(agent.budget().changes().get(window)));
    }
    return facts;
  }

  private static Map<String, Object> session(SessionState session) {
    Map<String, Object> facts = usage(session.usage());
    facts.put("first", session.firstMs());
    facts.put("last", session.lastMs());
    facts.put("tool calls", session.toolCalls());
    facts.put(
        "newest calls", session.trace().steps().stream().map(Step::eventId).toList());
    return facts;
  }

  private static Map<String, Object> usage(Usage usage) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("calls", usage.calls());
    facts.put("input", BigInteger.valueOf(usage.inputTokens()));
    facts.put("output", BigInteger.valueOf(usage.outputTokens()));
    facts.put("cache creation", BigInteger.valueOf(usage.cacheCreationTokens()));
    facts.put("cache read", BigInteger.valueOf(usage.cacheReadTokens()));
    facts.put("pico usd", BigInteger.valueOf(usage.cost().pico()));
    return facts;
  }

  private static String name(SessionKey key) {
    return key.agentId() + " " + key.sessionId();
  }

  private static String name(CostKey key) {
    return String.join(
        "|",
        LocalDate.ofEpochDay(key.epochDay()).toString(),
        key.agentId(),
        key.repo(),
        String.valueOf(key.issueNumber()),
        key.model());
  }

  private static String beat(Beat beat) {
    List<Object> parts =
        Arrays.asList(beat.status(), beat.provider(), beat.currentRepo(), beat.currentIssue());
    return beat.stamp().equals(Stamp.NEVER) ? "none" : parts.toString();
  }

  private static String said(Registration said) {
    List<Object> parts = Arrays.asList(
        said.role(),
        said.capabilities(),
        said.slots(),
        said.subscribedEventTypes(),
        said.allocatedInputTokens());
    return said.stamp().equals(Stamp.NEVER) ? "none" : parts.toString();
  }

  private static String limit(Budget.Changed changed) {
    if (changed == null) {
      return "none";
    }
    LimitChange change = changed.change();
    Long pico = change.limit().usd() == null ? null : change.limit().usd().pico();
    return Arrays.asList(change.limit().tokens(), pico, change.by(), change.untilMs())
        .toString();
  }

  private static Map<Long, String> spent(Windows windows) {
    Map<Long, String> facts = new TreeMap<>();
    windows
        .byBucket()
        .forEach((number, spent) ->
            facts.put(number, spent.tokens() + " tokens, " + spent.usd().pico()));
    return facts;
  }
}
