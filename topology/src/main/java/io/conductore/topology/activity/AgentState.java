package io.conductore.topology.activity;

import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.AgentRegistered;
import io.conductore.schemas.activity.AgentReleased;
import io.conductore.schemas.activity.BudgetLimitChanged;
import io.conductore.schemas.activity.Heartbeat;
import io.conductore.schemas.activity.HeartbeatMissed;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.LimitChange;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import io.conductore.topology.handoff.Sources;
import io.conductore.topology.state.Clip;
import io.conductore.topology.state.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * One agent: liveness, cursor, registration and budget in one record, because they are read and
 * written together. Any order of the same distinct events gives the same state, but for the
 * ordinal.
 *
 * @param ordinal the place of the newest event in the agent's stream, dense from 1
 */
public record AgentState(
    String agentId,
    long ordinal,
    Liveness liveness,
    Beat beat,
    Registration registration,
    Tally tally,
    Budget budget) {

  /**
   * The source of events that this stage derives; they say nothing about whether the agent lives.
   */
  public static final String DERIVED_SOURCE = "conductor-e/activity";

  public static AgentState unseen(String agentId) {
    return new AgentState(
        agentId, 0, Liveness.UNSEEN, Beat.NONE, Registration.NONE, Tally.NONE, Budget.EMPTY);
  }

  /** The state after one more event; the caller has made sure that it is not a duplicate. */
  AgentState apply(AgentActivity event, Stamp stamp) {
    return new AgentState(
        agentId,
        ordinal + 1,
        speaksForAgent(event) ? liveness.apply(event) : liveness,
        event.getPayload() instanceof Heartbeat said ? beat.apply(said, stamp) : beat,
        event.getPayload() instanceof AgentRegistered said
            ? registration.apply(said, stamp)
            : registration,
        tally.apply(event),
        budget(event, stamp));
  }

  private Budget budget(AgentActivity event, Stamp stamp) {
    return switch (event.getPayload()) {
      case TokenUsage call -> {
        Usage usage = Usage.of(call);
        Spent spent = new Spent(usage.budgetTokens(), usage.cost());
        yield budget.spend(event.getOccurredAtMs(), spent);
      }
      case BudgetLimitChanged changed
      when isOwn(changed) ->
        budget.change(Window.ofWord(changed.getWindow()), stamp, change(changed));
      default -> budget;
    };
  }

  /** The stream of whoever raised a tenant's limit has the event too. */
  private static boolean isOwn(BudgetLimitChanged changed) {
    return changed.getScope() == null || changed.getScope().equals(Scope.Kind.AGENT.word());
  }

  private static LimitChange change(BudgetLimitChanged changed) {
    Long pico = changed.getLimitPicoUsd();
    Limit limit = new Limit(changed.getLimitTokens(), pico == null ? null : new Usd(pico));
    return new LimitChange(limit, Clip.orNull(changed.getBy()), changed.getUntilMs());
  }

  private static boolean speaksForAgent(AgentActivity event) {
    @Nullable String source = event.getSource();
    boolean missed = event.getPayload() instanceof HeartbeatMissed;
    boolean aboutAgent = event.getPayload() instanceof BudgetLimitChanged
        || event.getPayload() instanceof AgentReleased;
    boolean derived = DERIVED_SOURCE.equals(source) || Sources.ADMISSION.equals(source);
    return missed || (!derived && !aboutAgent);
  }
}
