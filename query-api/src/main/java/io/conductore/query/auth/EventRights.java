package io.conductore.query.auth;

import static java.util.Map.entry;

import io.conductore.query.http.Problem;
import io.conductore.query.http.ProblemException;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may say what. An agent says what it did and what it saw; it neither gives itself work, money
 * or a verdict, nor speaks as the system. An operator may say everything.
 */
public final class EventRights {
  private static final int ERRORS_SHOWN_MAX = 20;

  /** Who says it in a rig that is in order. */
  public enum Speaker {
    AGENT,
    /** A person, the pipeline, or the webhook that reports what the forge saw. */
    OPERATOR,
    /** Derived here. */
    SYSTEM
  }

  /** @param why for the person who asks why he may not */
  public record Right(Speaker speaker, String why) {}

  private static final Right OWN_DOING = new Right(Speaker.AGENT, "it is what the agent did");
  private static final Right CALL_FOR_HELP =
      new Right(Speaker.AGENT, "asking for a human only ever stops work");
  private static final Right REVIEWER =
      new Right(Speaker.AGENT, "reviewers are agents; LIFECYCLE refuses an author's own");
  private static final Right GIVES_WORK =
      new Right(Speaker.OPERATOR, "it decides what is worked on");
  private static final Right FORGE =
      new Right(Speaker.OPERATOR, "the forge or the pipeline saw it, and it opens a gate");
  private static final Right GIVES_MONEY =
      new Right(Speaker.OPERATOR, "an agent that could raise its limit would have none");
  private static final Right HUMAN = new Right(Speaker.OPERATOR, "only a human was asked");
  private static final Right HARNESS =
      new Right(Speaker.OPERATOR, "the graded does not grade itself");
  private static final Right DERIVED = new Right(Speaker.SYSTEM, "it is derived from other events");
  private static final Right DISPATCH = new Right(Speaker.SYSTEM, "only dispatch hands out work");

  private static final Map<String, Right> BY_TYPE = Map.ofEntries(
      entry("HEARTBEAT", OWN_DOING),
      entry("AGENT_STUCK", CALL_FOR_HELP),
      entry("TOKEN_USAGE", OWN_DOING),
      entry("MEMORY_WRITE", OWN_DOING),
      entry("MEMORY_READ", OWN_DOING),
      entry("MEMORY_HIT_USED", OWN_DOING),
      entry("AGENT_REGISTERED", OWN_DOING),
      entry("TOOL_CALL", OWN_DOING),
      entry("TURN_COMPLETED", OWN_DOING),
      entry("GUARD_BLOCKED", OWN_DOING),
      entry("GUARD_FAILED_OPEN", OWN_DOING),
      entry("CONTEXT_COMPACTED", OWN_DOING),
      entry("TELEMETRY_METERED", OWN_DOING),
      entry("SPOOL_REPORT", OWN_DOING),
      entry("BUDGET_LIMIT_CHANGED", GIVES_MONEY),
      entry("BUDGET_WARNING", DERIVED),
      entry("BUDGET_EXCEEDED", DERIVED),
      entry("BUDGET_RESET", DERIVED),
      entry("HEARTBEAT_MISSED", DERIVED),
      entry("AGENT_RECOVERED", DERIVED),
      entry("AGENT_NUDGED", DERIVED),
      entry("AGENT_RELEASED", DERIVED),
      entry("GOLDEN_TASK_COMPLETED", HARNESS),
      entry("GOLDEN_RUN_COMPLETED", HARNESS),
      entry("ISSUE_APPROVED", GIVES_WORK),
      entry("ISSUE_WITHDRAWN", GIVES_WORK),
      entry("ISSUE_ASSIGNED", DISPATCH),
      entry("ISSUE_UNASSIGNED", OWN_DOING),
      entry("WORK_STARTED", OWN_DOING),
      entry("BRANCH_CREATED", OWN_DOING),
      entry("PR_CREATED", OWN_DOING),
      entry("CI_PASSED", FORGE),
      entry("CI_FAILED", FORGE),
      entry("REVIEW_ASSIGNED", DISPATCH),
      entry("REVIEW_PASSED", REVIEWER),
      entry("REVIEW_DISPUTED", REVIEWER),
      entry("HUMAN_GATE_TRIGGERED", CALL_FOR_HELP),
      entry("MERGED", FORGE),
      entry("DEPLOYED_STAGING", FORGE),
      entry("SMOKE_PASSED", FORGE),
      entry("SMOKE_FAILED", FORGE),
      entry("DEPLOYED_PRODUCTION", FORGE),
      entry("VERIFIED", FORGE),
      entry("ISSUE_DONE", FORGE),
      entry("ESCALATED", CALL_FOR_HELP),
      entry("HUMAN_GATE_REMINDER", DERIVED),
      entry("MILESTONE_COMPLETE", FORGE),
      entry("ESCALATION_ACKNOWLEDGED", HUMAN),
      entry("LEASE_EXPIRED", DISPATCH),
      entry("ASSIGNMENT_REFUSED", DISPATCH),
      entry("REVIEW_LOOP_EXCEEDED", DERIVED));

  private EventRights() {}

  /** By wire name; a test compares it with the catalogue. */
  public static Map<String, Right> table() {
    return BY_TYPE;
  }

  /**
   * Lets an agent speak as itself only: one wrong event and none is taken. A lifecycle event that
   * names no agent is the agent's own and gets its id.
   *
   * @throws ProblemException 403 naming the event and the field
   */
  public static void check(Caller caller, List<LogEvent> events) {
    if (caller.agentId() == null) {
      return;
    }
    List<Problem.Item> wrong = new ArrayList<>();
    for (int i = 0; i < events.size() && wrong.size() < ERRORS_SHOWN_MAX; i++) {
      check(caller, events.get(i), i, wrong);
    }
    if (!wrong.isEmpty()) {
      throw new ProblemException(Problem.forbidden(wrong));
    }
  }

  /** Why this caller may not say this one event; for a door that takes the others. */
  public static Optional<String> objection(Caller caller, LogEvent event) {
    List<Problem.Item> wrong = new ArrayList<>();
    if (caller.agentId() != null) {
      check(caller, event, 0, wrong);
    }
    return wrong.stream().findFirst().map(Problem.Item::detail);
  }

  private static void check(Caller caller, LogEvent event, int index, List<Problem.Item> wrong) {
    Right right = BY_TYPE.get(event.type().wireName());
    if (right == null || right.speaker() != Speaker.AGENT) {
      String why = right == null ? "nobody decided that it may" : right.why();
      wrong.add(new Problem.Item(
          index, "type", "An agent may not say " + event.type().wireName() + ": " + why + "."));
      return;
    }
    String given = agentOf(event);
    if (given == null && event.envelope() instanceof IssueLifecycle lifecycle) {
      lifecycle.setAgentId(caller.agentId());
    } else if (given == null || !caller.maySpeakAs(given)) {
      wrong.add(new Problem.Item(index, "agentId", caller.onlyAs("agentId")));
    }
  }

  private static @Nullable String agentOf(LogEvent event) {
    return switch (event.envelope()) {
      case AgentActivity activity -> activity.getStreamId();
      case IssueLifecycle lifecycle -> lifecycle.getAgentId();
      default -> throw new IllegalArgumentException("not an envelope");
    };
  }
}
