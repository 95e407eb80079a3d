package io.conductore.topology.dispatch;

import io.conductore.topology.handoff.DispatchRecord;
import io.conductore.topology.handoff.DispatchRecord.AgentGaveUp;
import io.conductore.topology.handoff.DispatchRecord.AgentProgressed;
import io.conductore.topology.handoff.DispatchRecord.AgentStanding;
import io.conductore.topology.handoff.DispatchRecord.Claim;
import io.conductore.topology.handoff.DispatchRecord.IssueProgressed;
import io.conductore.topology.handoff.DispatchRecord.IssueReady;
import io.conductore.topology.handoff.DispatchRecord.IssueReleased;
import io.conductore.topology.handoff.DispatchRecord.IssueSettled;
import io.conductore.topology.handoff.DispatchRecord.IssueTaken;
import io.conductore.topology.handoff.DispatchRecord.Kind;
import io.conductore.topology.handoff.DispatchRecord.Settlement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random records of a pool's log, few issues and agents so that they meet; the same for a seed. */
final class RecordMix {
  private static final List<String> PRIORITIES = List.of("critical", "high", "normal", "low");
  private static final List<String> SKILLS = List.of("java", "python");
  /** Rare, or no issue would come to its second strike. */
  private static final int STRIKES_CLEARED_ONE_IN = 10;

  /** Rare, or soon there is nothing left to hand out. */
  private static final int SETTLES_ONE_IN = 3;

  /** Seldom enough that work begins and fails before its lease runs out. */
  private static final int TIME_PASSES_ONE_IN = 8;

  private static final long STEP_MS_MAX = 6 * 60_000;

  private final Random random;
  private final Set<String> merged = new HashSet<>();
  private final int issues;
  private int claims;

  /** A record and the broker's time. */
  record Timed(DispatchRecord record, long timeMs) {}

  RecordMix(long seed) {
    this.random = new Random(seed);
    this.issues = 2 + random.nextInt(7);
  }

  List<Timed> log(int length) {
    List<Timed> log = new ArrayList<>();
    long timeMs = PoolRun.START_MS;
    for (int i = 0; i < length; i++) {
      timeMs += random.nextInt(TIME_PASSES_ONE_IN) == 0 ? random.nextLong(STEP_MS_MAX) : 0;
      log.add(new Timed(next(), timeMs));
    }
    return log;
  }

  boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  private DispatchRecord next() {
    String issue = issue();
    String agent = "agent-" + random.nextInt(4);
    return switch (random.nextInt(26)) {
      case 0, 1, 2, 3, 4 -> merged.contains(issue) ? Facts.TICK : ready(issue);
      case 5, 6, 7, 8, 9, 10, 11, 12 -> new Claim("c" + ++claims, agent, Kind.WORK);
      case 13 -> new Claim("c" + random.nextInt(claims + 1), agent, Kind.WORK);
      case 14, 15 -> new IssueProgressed(issue, agent, random.nextBoolean());
      case 16 -> new AgentProgressed(agent, random.nextBoolean() ? issue : null, null);
      case 17 -> new IssueReleased(issue, agent, "back", random.nextBoolean(), null);
      case 23 -> new IssueReleased(issue, null, "whoever has it", true, null);
      case 18 -> new AgentGaveUp(agent, issue, "no idea", null);
      case 19 -> merged.contains(issue) ? Facts.TICK : new IssueTaken(issue, agent);
      case 20 -> settled(issue);
      case 21, 22 -> standing(agent);
      case 24 -> new DispatchRecord.BudgetStanding(agent, spentUntilMs());
      default -> Facts.TICK;
    };
  }

  private IssueReady ready(String issue) {
    return new IssueReady(
        issue,
        "title",
        null,
        PRIORITIES.get(random.nextInt(PRIORITIES.size())),
        random.nextInt(3) == 0 ? List.of("requires-" + skill()) : List.of("bug"),
        random.nextInt(4) == 0 ? List.of(issue()) : List.of(),
        1 + random.nextInt(3),
        random.nextInt(STRIKES_CLEARED_ONE_IN) == 0);
  }

  /** A merged issue stays merged: the log of issues sees to that. */
  private DispatchRecord settled(String issue) {
    Settlement[] hows = Settlement.values();
    Settlement how = hows[random.nextInt(hows.length)];
    if (merged.contains(issue) || random.nextInt(SETTLES_ONE_IN) != 0) {
      return Facts.TICK;
    }
    if (how == Settlement.MERGED || how == Settlement.DONE) {
      merged.add(issue);
    }
    return new IssueSettled(issue, how);
  }

  private AgentStanding standing(String agent) {
    String refusal = switch (random.nextInt(15)) {
      case 0 -> "stuck";
      case 1, 2 -> "missing";
      default -> null;
    };
    List<String> can = random.nextBoolean() ? List.of() : List.of(skill());
    return new AgentStanding(agent, random.nextInt(6), can, null, refusal, null, null);
  }

  /** Long over, soon over, or not in this log. */
  private long spentUntilMs() {
    return random.nextBoolean() ? 0 : PoolRun.START_MS + random.nextLong(4 * STEP_MS_MAX);
  }

  private String issue() {
    return "o/r#" + (1 + random.nextInt(issues));
  }

  private String skill() {
    return SKILLS.get(random.nextInt(SKILLS.size()));
  }
}
