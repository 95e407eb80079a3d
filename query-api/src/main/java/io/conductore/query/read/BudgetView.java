package io.conductore.query.read;

import io.conductore.schemas.Usd;
import io.conductore.topology.activity.AgentState;
import io.conductore.topology.admission.Account;
import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.LimitChange;
import io.conductore.topology.budget.Scope;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One agent's budget in the windows that are open now.
 *
 * @param tenant whom it spends for, as far as it is known; null before its first call
 * @param stopped true while any limit that counts for it is used up
 * @param stops those limits: its own, its tenant's and its pool's
 */
public record BudgetView(
    String agentId,
    List<WindowView> windows,
    @Nullable String tenant,
    @Nullable String pool,
    boolean stopped,
    List<StopView> stops) {
  private static final double WARN_RATIO = 0.8;
  private static final MathContext RATIO_DIGITS = new MathContext(6);

  /** One window; the stop ends by itself at resetsAt. */
  public record WindowView(
      String window,
      Instant startsAt,
      Instant resetsAt,
      Amount tokens,
      Amount usd,
      String state,
      @Nullable String limitSetBy,
      @Nullable Instant limitUntil) {}

  /**
   * Limit null means none; reserved is what calls under way may still spend.
   *
   * @param perHour the pace of this hour and the one before it
   * @param exhaustedAt when the limit is reached at this pace, if that is before the window turns
   */
  public record Amount(
      @Nullable BigDecimal limit,
      BigDecimal spent,
      BigDecimal reserved,
      @Nullable BigDecimal usedRatio,
      BigDecimal perHour,
      @Nullable Instant exhaustedAt) {
    static Amount of(
        @Nullable BigDecimal limit, BigDecimal spent, BigDecimal reserved, Spending at) {
      if (limit == null) {
        return new Amount(null, spent, reserved, null, at.perHour(), null);
      }
      BigDecimal used = spent.add(reserved);
      return new Amount(
          limit,
          spent,
          reserved,
          limit.signum() > 0 ? used.divide(limit, RATIO_DIGITS) : null,
          at.perHour(),
          Pace.exhausted(limit.subtract(used), at.perHour(), at.now(), at.turns()));
    }
  }

  /** The pace of one unit, and the window that it is in. */
  record Spending(BigDecimal perHour, Instant now, Instant turns) {}

  /** @param accounts by scope: the agent's own, its tenant's and its pool's, where there are any */
  public static BudgetView of(
      AgentState agent, Map<Scope, Account> accounts, BudgetLimits limits, Instant now) {
    Scope scope = Scope.agent(agent.agentId());
    Account account = accounts.getOrDefault(scope, Account.opening(scope));
    List<WindowView> windows = Window.BY_CLOCK.stream()
        .map(window -> window(agent, account, limits, window, now))
        .toList();
    List<StopView> stops = home(account).stream()
        .flatMap(one -> Optional.ofNullable(accounts.get(one)).stream())
        .flatMap(known -> StopView.of(known, now).stream())
        .toList();
    return new BudgetView(
        agent.agentId(), windows, account.tenant(), account.pool(), !stops.isEmpty(), stops);
  }

  /** Whose limits count for whoever has this account. */
  public static List<Scope> home(Account agent) {
    String tenant = agent.tenant();
    String pool = agent.pool();
    return tenant == null || pool == null
        ? List.of(agent.scope())
        : List.of(agent.scope(), Scope.tenant(tenant), Scope.pool(pool));
  }

  private static WindowView window(
      AgentState agent, Account account, BudgetLimits limits, Window window, Instant now) {
    long nowMs = now.toEpochMilli();
    Budget budget = agent.budget();
    Limit limit = budget.limitAt(window, nowMs, limits.of(agent.agentId(), window));
    Spent spent = budget.spentAt(window, nowMs);
    Long tokenLimit = limit.tokens();
    Usd usdLimit = limit.usd();
    Pace pace = Pace.of(budget, now);
    Instant turns = window.endOf(window.bucketAt(nowMs));
    Amount tokens = Amount.of(
        tokenLimit == null ? null : BigDecimal.valueOf(tokenLimit),
        BigDecimal.valueOf(spent.tokens()),
        BigDecimal.valueOf(account.reserved().tokens()),
        new Spending(pace.tokensPerHour(), now, turns));
    Amount usd = Amount.of(
        usdLimit == null ? null : usdLimit.toDecimal(),
        spent.usd().toDecimal(),
        account.reserved().usd().toDecimal(),
        new Spending(pace.usdPerHour(), now, turns));
    LimitChange byEvent = budget.changeAt(window, nowMs);
    Long until = byEvent == null ? null : byEvent.untilMs();
    long bucket = window.bucketAt(nowMs);
    return new WindowView(
        window.word(),
        window.startOf(bucket),
        turns,
        tokens,
        usd,
        isStopped(account, window, nowMs) ? "exceeded" : state(tokens, usd),
        byEvent == null ? null : byEvent.by(),
        until == null ? null : Instant.ofEpochMilli(until));
  }

  private static boolean isStopped(Account account, Window window, long nowMs) {
    return account.stopsAt(nowMs).stream().anyMatch(stop -> stop.window() == window);
  }

  private static String state(Amount tokens, Amount usd) {
    if (tokens.limit() == null && usd.limit() == null) {
      return "unlimited";
    }
    double used = Math.max(used(tokens), used(usd));
    return used >= 1 ? "exceeded" : used >= WARN_RATIO ? "warning" : "ok";
  }

  /** A limit of zero is used up from the start. */
  private static double used(Amount amount) {
    if (amount.limit() == null) {
      return 0;
    }
    return amount.usedRatio() == null ? 1 : amount.usedRatio().doubleValue();
  }
}
