package io.conductore.topology.handoff;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a pool's serial log (rig.dispatch, key = pool). What a claim comes to is a pure
 * function of the records before it, so nothing that a decision needs may come from anywhere else.
 * Issues are named repo#number, agents without their instance. A record's own time is the broker's.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
  @JsonSubTypes.Type(value = DispatchRecord.Claim.class, name = "claim"),
  @JsonSubTypes.Type(value = DispatchRecord.IssueReady.class, name = "issue-ready"),
  @JsonSubTypes.Type(value = DispatchRecord.IssueProgressed.class, name = "issue-progressed"),
  @JsonSubTypes.Type(value = DispatchRecord.IssueReleased.class, name = "issue-released"),
  @JsonSubTypes.Type(value = DispatchRecord.AgentGaveUp.class, name = "agent-gave-up"),
  @JsonSubTypes.Type(value = DispatchRecord.IssueTaken.class, name = "issue-taken"),
  @JsonSubTypes.Type(value = DispatchRecord.IssueSettled.class, name = "issue-settled"),
  @JsonSubTypes.Type(value = DispatchRecord.ReviewWanted.class, name = "review-wanted"),
  @JsonSubTypes.Type(value = DispatchRecord.ReviewSettled.class, name = "review-settled"),
  @JsonSubTypes.Type(value = DispatchRecord.AgentStanding.class, name = "agent-standing"),
  @JsonSubTypes.Type(value = DispatchRecord.BudgetStanding.class, name = "budget-standing"),
  @JsonSubTypes.Type(value = DispatchRecord.AgentProgressed.class, name = "agent-progressed"),
  @JsonSubTypes.Type(value = DispatchRecord.Tick.class, name = "tick")
})
public sealed interface DispatchRecord {

  /** What is claimed. */
  enum Kind {
    WORK,
    REVIEW
  }

  /** How an issue left the hands of agents. */
  enum Settlement {
    MERGED,
    DONE,
    FAILED,
    WITHDRAWN
  }

  /**
   * An agent asks for work; from the API.
   *
   * @param claimId chosen by the caller or for him; the same id again gets the same assignment
   */
  record Claim(String claimId, String agentId, Kind kind) implements DispatchRecord {}

  /**
   * An approved issue waits for work; again when its priority, labels or dependencies change. A
   * human's new approval of a failed issue clears its strikes.
   *
   * @param issue repo#number
   * @param priority critical, high, normal or low
   * @param dependsOn issues (repo#number) that must be merged or done before
   * @param approvedAtMs its age in the queue
   */
  record IssueReady(
      String issue,
      @Nullable String title,
      @Nullable String milestone,
      String priority,
      List<String> labels,
      List<String> dependsOn,
      long approvedAtMs,
      boolean strikesCleared)
      implements DispatchRecord {
    public IssueReady {
      labels = List.copyOf(labels);
      dependsOn = List.copyOf(dependsOn);
    }
  }

  /**
   * The holder got further, which renews his lease; not for a heartbeat.
   *
   * @param started true when it shows that work has begun
   */
  record IssueProgressed(String issue, String agentId, boolean started) implements DispatchRecord {}

  /**
   * The attempt ended without a result: unassigned, or the agent gave up.
   *
   * @param agentId who gives it up; null for whoever has it
   * @param strike true when it counts as a failed attempt
   * @param leaseToken of the assignment if it is known; another one's releases nothing
   */
  record IssueReleased(
      String issue,
      @Nullable String agentId,
      String reason,
      boolean strike,
      @Nullable Long leaseToken)
      implements DispatchRecord {}

  /**
   * The holder said by AGENT_STUCK that he gives up. From ACTIVITY, so that the issue's stream does
   * not know: dispatch tells it by LEASE_EXPIRED.
   *
   * @param leaseToken of the assignment if the event named one; another one's releases nothing
   */
  record AgentGaveUp(
      String agentId, String issue, String reason, @Nullable Long leaseToken)
      implements DispatchRecord {}

  /** Somebody else than this stage assigned it: a posted ISSUE_ASSIGNED that fits. */
  record IssueTaken(String issue, String agentId) implements DispatchRecord {}

  /** Nobody needs to work on it any more: slots come free, dependants may go. */
  record IssueSettled(String issue, Settlement how) implements DispatchRecord {}

  /** A pull request of this issue waits for a review. */
  record ReviewWanted(String issue, int prNumber, @Nullable String authorId, int round)
      implements DispatchRecord {}

  /**
   * The round is over, or the pull request is gone.
   *
   * @param passed true when the author has nothing to do any more (merge, gates and humans are
   *     next), so that his lease does not run out while they take their time
   */
  record ReviewSettled(String issue, int prNumber, boolean passed) implements DispatchRecord {}

  /**
   * What dispatch must know of an agent; from ACTIVITY, only when it changes.
   *
   * @param refusal why it gets no work at present (stuck, missing), null if it may
   * @param refusedUntilMs when the refusal ends by itself, null if it does not
   * @param silentSinceMs when it was last heard of, if it is missing
   */
  record AgentStanding(
      String agentId,
      int slots,
      List<String> capabilities,
      @Nullable String role,
      @Nullable String refusal,
      @Nullable Long refusedUntilMs,
      @Nullable Long silentSinceMs)
      implements DispatchRecord {
    public AgentStanding {
      capabilities = List.copyOf(capabilities);
    }
  }

  /**
   * Whether the agent's budget, its tenant's or its pool's lets it work; from ADMISSION, only when
   * it changes.
   *
   * @param stoppedUntilMs when the last window turns that is used up; 0 if none is
   */
  record BudgetStanding(String agentId, long stoppedUntilMs) implements DispatchRecord {}

  /**
   * The agent did something that counts as work (a tool call that succeeded, not a heartbeat): its
   * leases are renewed. From ACTIVITY, at most one a minute and agent.
   *
   * @param issue repo#number if the event named one, else all that the agent holds
   * @param leaseToken of the assignment if the event named one; another one's renews nothing
   */
  record AgentProgressed(
      String agentId, @Nullable String issue, @Nullable Long leaseToken)
      implements DispatchRecord {}

  /** Time passes though nothing happens: what is due by the time of this record runs out. */
  record Tick() implements DispatchRecord {}
}
