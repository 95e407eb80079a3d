package io.conductore.topology.activity;

import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.BudgetLimitChanged;
import io.conductore.schemas.activity.TokenUsage;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.handoff.SpendingRecord;
import io.conductore.topology.head.Outlets;
import io.conductore.topology.state.Clip;
import org.jspecify.annotations.Nullable;

/**
 * What ADMISSION is told: each model call and each change of a limit, once for each event, since
 * the head of the log has dropped what was sent again.
 */
final class Spending {
  private final Outlets outlets;

  Spending(Outlets outlets) {
    this.outlets = outlets;
  }

  void tell(AgentActivity event) {
    switch (event.getPayload()) {
      case TokenUsage call -> spent(event, call);
      case BudgetLimitChanged changed -> changed(event, changed);
      default -> {}
    }
  }

  /** Past the doors anything may stand on the log; nobody spends less than nothing. */
  private void spent(AgentActivity event, TokenUsage call) {
    Usage usage = Usage.of(call);
    Usd cost = usage.cost();
    if (usage.budgetTokens() >= 0 && cost.pico() >= 0) {
      outlets.spending(new SpendingRecord.Spent(
          event.getEventId(),
          event.getStreamId(),
          Clip.orNull(event.getTenant()),
          Clip.orNull(event.getPool()),
          issue(event),
          Clip.orNull(call.getRequestId()),
          usage.budgetTokens(),
          cost.pico(),
          event.getOccurredAtMs()));
    }
  }

  /** A limit of a tenant, a pool or an issue that does not say of which is nobody's. */
  private void changed(AgentActivity event, BudgetLimitChanged changed) {
    String scope = changed.getScope() == null ? Scope.Kind.AGENT.word() : changed.getScope();
    boolean ofAgent = scope.equals(Scope.Kind.AGENT.word());
    String id = ofAgent ? event.getStreamId() : Clip.orNull(changed.getScopeId());
    if (id != null) {
      outlets.spending(new SpendingRecord.LimitChanged(
          event.getEventId(),
          event.getStreamId(),
          scope,
          id,
          changed.getWindow(),
          changed.getLimitTokens(),
          changed.getLimitPicoUsd(),
          Clip.orNull(changed.getBy()),
          changed.getUntilMs(),
          event.getOccurredAtMs()));
    }
  }

  private static @Nullable String issue(AgentActivity event) {
    Integer number = event.getIssueNumber();
    String repo = event.getRepo();
    return repo == null || number == null || number <= 0 ? null : repo + "#" + number;
  }
}
