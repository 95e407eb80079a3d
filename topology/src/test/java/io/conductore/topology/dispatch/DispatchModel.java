package io.conductore.topology.dispatch;

import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.DispatchRecord.AgentStanding;
import io.conductore.topology.handoff.DispatchRecord.Claim;
import io.conductore.topology.handoff.DispatchRecord.IssueReady;
import io.conductore.topology.handoff.DispatchRecord.IssueSettled;
import io.conductore.topology.handoff.DispatchRecord.Settlement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a pool must look like, for work without reviews: plain objects that are searched from end to
 * end, no index, no key and no row of the product. Tells a history what waits and what ends; what
 * the product hands out, the test tells it.
 */
final class DispatchModel {
  private static final long MINUTE_MS = 60_000;
  private static final List<String> RANKS = List.of("critical", "high", "normal", "low");
  private static final Comparator<Issue> ORDER = Comparator.comparingInt(
          (Issue issue) -> issue.rank)
      .thenComparingLong(issue -> issue.ageMs)
      .thenComparing(issue -> issue.name);

  private final Map<String, Issue> issues = new TreeMap<>();
  private final Map<String, AgentStanding> agents = new TreeMap<>();
  private final Map<String, Long> spentUntil = new TreeMap<>();
  private final Map<String, String> outcomes = new TreeMap<>();
  private final AssignmentHistory history;

  DispatchModel(AssignmentHistory history) {
    this.history = history;
  }

  private static final class Issue {
    private final String name;
    private boolean wanted;
    private boolean merged;
    private int rank = 2;
    private long ageMs;
    private Set<String> needs = Set.of();
    private List<String> after = List.of();
    private int attempts;
    private int strikes;
    private @Nullable String holder;
    private long token;
    private boolean begun;
    private long startByMs;
    private long untilMs;
    private long missingUntilMs;

    private Issue(String name) {
      this.name = name;
    }

    private long dueMs() {
      long due = begun ? untilMs : Math.min(startByMs, untilMs);
      return missingUntilMs == 0 ? due : Math.min(due, missingUntilMs);
    }
  }

  /** What the record says, after {@link #expire}. */
  void apply(DispatchRecord record, long offset, long nowMs) {
    switch (record) {
      case Claim claim -> claim(claim, offset + 1, nowMs);
      case IssueReady ready -> ready(ready);
      case IssueSettled settled -> settled(settled);
      case AgentStanding standing -> standing(standing, nowMs);
      case DispatchRecord.IssueProgressed said ->
        renew(said.issue(), said.agentId(), said.started(), nowMs);
      case DispatchRecord.AgentProgressed said ->
        List.copyOf(issues.keySet()).stream()
            .filter(issue -> said.issue() == null || said.issue().equals(issue))
            .filter(
                issue -> said.leaseToken() == null || said.leaseToken() == issues.get(issue).token)
            .forEach(issue -> renew(issue, said.agentId(), false, nowMs));
      case DispatchRecord.IssueReleased said -> {
        Issue issue = issue(said.issue());
        if (issue.holder != null
            && (said.agentId() == null || issue.holder.equals(said.agentId()))) {
          back(issue, said.strike());
        }
      }
      case DispatchRecord.AgentGaveUp said -> {
        Issue issue = issue(said.issue());
        if (issue.holder != null && issue.holder.equals(said.agentId())) {
          back(issue, true);
        }
      }
      case DispatchRecord.IssueTaken said -> taken(said, offset + 1, nowMs);
      case DispatchRecord.BudgetStanding said ->
        spentUntil.put(said.agentId(), said.stoppedUntilMs());
      case DispatchRecord.Tick tick -> {}
      case DispatchRecord.ReviewWanted wanted -> throw new AssertionError("no reviews here");
      case DispatchRecord.ReviewSettled settled -> throw new AssertionError("no reviews here");
    }
    issues.values().forEach(this::tellQueue);
  }

  /** Everything that the product's stores say as well, in words. */
  Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    issues.values().forEach(issue -> {
      if (issue.holder != null) {
        facts.put("held " + issue.name, issue.holder + " " + issue.token + " due " + issue.dueMs());
      } else if (isOpen(issue)) {
        facts.put("queued " + issue.name, "attempt " + (issue.attempts + 1) + blockers(issue));
      }
    });
    outcomes.forEach((id, outcome) -> facts.put("claim " + id, outcome));
    return facts;
  }

  /** What the agent said that it can do. */
  Set<String> capabilities(String agent) {
    AgentStanding standing = agents.get(agent);
    return Set.copyOf(standing == null ? List.of() : standing.capabilities());
  }

  private void claim(Claim claim, long token, long nowMs) {
    // What was given has its issue, attempt and token; a reason is one word and binds nobody.
    if (outcomes.getOrDefault(claim.claimId(), "").contains(" ")) {
      return;
    }
    String agent = claim.agentId();
    AgentStanding standing = agents.get(agent);
    int slots = standing == null ? 1 : standing.slots();
    long has =
        issues.values().stream().filter(issue -> agent.equals(issue.holder)).count();
    Set<String> can = capabilities(agent);
    List<Issue> open = issues.values().stream().filter(DispatchModel::isOpen).toList();
    List<Issue> ready = open.stream().filter(issue -> blockers(issue).isEmpty()).toList();
    Issue best =
        ready.stream().filter(issue -> can.containsAll(issue.needs)).min(ORDER).orElse(null);
    if (standing != null && standing.refusal() != null) {
      outcomes.put(claim.claimId(), standing.refusal());
    } else if (nowMs < spentUntil.getOrDefault(agent, 0L)) {
      outcomes.put(claim.claimId(), "budget-spent");
    } else if (has >= slots) {
      outcomes.put(claim.claimId(), "at-capacity");
    } else if (best != null) {
      hold(best, agent, token, nowMs);
      outcomes.put(claim.claimId(), best.name + " " + best.attempts + " " + token);
    } else {
      String why = open.isEmpty() ? "queue-empty" : ready.isEmpty() ? "blocked" : "no-match";
      outcomes.put(claim.claimId(), why);
    }
  }

  private static void hold(Issue issue, String agent, long token, long nowMs) {
    issue.holder = agent;
    issue.attempts++;
    issue.token = token;
    issue.begun = false;
    issue.startByMs = nowMs + 10 * MINUTE_MS;
    issue.untilMs = nowMs + 30 * MINUTE_MS;
    issue.missingUntilMs = 0;
  }

  private void ready(IssueReady ready) {
    Issue issue = issue(ready.issue());
    issue.wanted = true;
    issue.merged = false;
    issue.rank = RANKS.indexOf(ready.priority());
    issue.ageMs = ready.approvedAtMs();
    issue.needs = ready.labels().stream()
        .filter(label -> label.startsWith("requires-"))
        .map(label -> label.substring(9))
        .collect(Collectors.toSet());
    issue.after = ready.dependsOn();
    issue.strikes = ready.strikesCleared() ? 0 : issue.strikes;
  }

  private void taken(DispatchRecord.IssueTaken taken, long token, long nowMs) {
    Issue issue = issue(taken.issue());
    if (issue.holder == null) {
      issue.ageMs = !issue.wanted && issue.ageMs == 0 ? nowMs : issue.ageMs;
      issue.wanted = true;
      issue.merged = false;
      hold(issue, taken.agentId(), token, nowMs);
      history.assigned(issue.name, taken.agentId(), issue.attempts, token, null);
    }
  }

  private void settled(IssueSettled settled) {
    Issue issue = issue(settled.issue());
    if (issue.holder != null) {
      end(issue);
    }
    issue.wanted = false;
    issue.merged = settled.how() == Settlement.MERGED || settled.how() == Settlement.DONE;
  }

  private void standing(AgentStanding said, long nowMs) {
    agents.put(said.agentId(), said);
    boolean missing = "missing".equals(said.refusal());
    for (Issue issue : issues.values()) {
      if (said.agentId().equals(issue.holder) && missing != (issue.missingUntilMs != 0)) {
        issue.missingUntilMs = missing ? nowMs + 10 * MINUTE_MS : 0;
      }
    }
  }

  private void renew(String name, String agent, boolean begins, long nowMs) {
    Issue issue = issue(name);
    if (agent.equals(issue.holder)) {
      issue.begun |= begins;
      issue.untilMs = nowMs + 30 * MINUTE_MS;
      issue.missingUntilMs = 0;
    }
  }

  /** What is due by the next record's time runs out. */
  void expire(long nowMs) {
    List<Issue> due = new ArrayList<>(issues.values().stream()
        .filter(issue -> issue.holder != null && issue.dueMs() <= nowMs)
        .toList());
    due.sort(Comparator.comparingLong(Issue::dueMs));
    due.forEach(issue -> back(issue, issue.begun));
    issues.values().forEach(this::tellQueue);
  }

  private void back(Issue issue, boolean strike) {
    end(issue);
    issue.strikes += strike ? 1 : 0;
  }

  private void end(Issue issue) {
    issue.holder = null;
    history.ended(issue.name);
  }

  private void tellQueue(Issue issue) {
    if (isOpen(issue) && blockers(issue).isEmpty()) {
      history.waits(
          new AssignmentHistory.Waiting(issue.name, issue.rank, issue.ageMs, issue.needs));
    } else {
      history.leavesQueue(issue.name);
    }
  }

  private static boolean isOpen(Issue issue) {
    return issue.wanted && issue.strikes < 2 && issue.holder == null;
  }

  private String blockers(Issue issue) {
    List<String> blockers = issue.after.stream()
        .filter(other -> !other.equals(issue.name))
        .filter(other -> !issues.containsKey(other) || !issues.get(other).merged)
        .toList();
    return blockers.isEmpty() ? "" : " after " + blockers;
  }

  private Issue issue(String name) {
    return issues.computeIfAbsent(name, Issue::new);
  }
}
