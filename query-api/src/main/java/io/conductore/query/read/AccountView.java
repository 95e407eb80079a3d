package io.conductore.query.read;

import io.conductore.topology.admission.Account;
import io.conductore.topology.budget.BudgetLimits;
import java.time.Instant;
import java.util.List;

/** A tenant, a pool or an issue: its limits and how much of each is used. */
public record AccountView(
    String scope, String scopeId, List<LevelView> limits, List<StopView> stops) {

  public static AccountView of(Account account, BudgetLimits limits, Instant now) {
    return new AccountView(
        account.scope().kind().word(),
        account.scope().id(),
        account.levels(limits, now.toEpochMilli()).stream().map(LevelView::of).toList(),
        StopView.of(account, now));
  }
}
