package io.conductore.query;

import io.conductore.query.http.Params;
import io.conductore.query.read.AccountView;
import io.conductore.query.read.BudgetView;
import io.conductore.query.read.PositionToken;
import io.conductore.query.read.Questions;
import io.conductore.query.read.ReadOutcome;
import io.conductore.query.read.StoreReader;
import io.conductore.schemas.Feed;
import io.conductore.topology.activity.AgentState;
import io.conductore.topology.admission.Account;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Scope;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The routes that ask what may still be spent. What was spent is ACTIVITY's, so that an answer has
 * the caller's own events; what is reserved and stopped is the book's, moments later.
 */
final class BudgetReads {
  private final Supplier<Backbone> backbone;
  private final InstantSource clock;

  /** Agents, and beside them whatever is limited for several together. */
  private record Budgets(List<BudgetView> budgets, List<AccountView> shared, boolean complete) {}

  BudgetReads(Supplier<Backbone> backbone, InstantSource clock) {
    this.backbone = backbone;
    this.clock = clock;
  }

  void budgets(Context ctx) {
    Backbone now = backbone.get();
    Instant time = clock.instant();
    BudgetLimits limits = now.limits().get();
    Asking.all(ctx, now, Feed.ACTIVITY)
        .answer(
            questions -> Questions.then(
                questions.accounts(),
                accounts -> Questions.map(
                    questions.agents(),
                    (agents, position) -> budgets(agents, accounts, limits, time))),
            found -> found);
  }

  void budget(Context ctx) {
    Backbone now = backbone.get();
    String agentId = Params.path(ctx, "agentId");
    // The agent last, so that the position is that of the log which has its spending.
    Asking.about(ctx, now, Feed.ACTIVITY, agentId)
        .answer(
            questions -> Questions.then(
                questions.account(Scope.agent(agentId)),
                account -> Questions.then(
                    questions.accountsOf(BudgetView.home(account)),
                    accounts -> Questions.map(
                        known(questions.agent(agentId), account),
                        (agent, position) ->
                            BudgetView.of(agent, accounts, now.limits().get(), clock.instant())))),
            budget -> budget);
  }

  /** Whoever was admitted but has spent nothing yet has a budget too. */
  private static ReadOutcome<AgentState> known(ReadOutcome<AgentState> agent, Account account) {
    return agent instanceof ReadOutcome.Absent<AgentState>(PositionToken position)
            && account.tenant() != null
        ? new ReadOutcome.Found<>(AgentState.unseen(account.scope().id()), position)
        : agent;
  }

  private static Budgets budgets(
      StoreReader.Rows<String, AgentState> agents,
      StoreReader.Rows<Scope, Account> accounts,
      BudgetLimits limits,
      Instant now) {
    Map<Scope, Account> byScope = new HashMap<>();
    accounts.rows().forEach(row -> byScope.put(row.key, row.value));
    return new Budgets(
        agents.rows().stream()
            .map(row -> BudgetView.of(row.value, byScope, limits, now))
            .toList(),
        accounts.rows().stream()
            .filter(row -> row.key.kind() != Scope.Kind.AGENT)
            .map(row -> AccountView.of(row.value, limits, now))
            .filter(view -> !view.limits().isEmpty())
            .toList(),
        agents.complete() && accounts.complete());
  }
}
