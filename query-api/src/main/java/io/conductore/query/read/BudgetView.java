package io.conductore.query.read;

import io.conductore.schemas.Usd;
import io.conductore.topology.activity.AgentState;
import io.conductore.topology.budget.Budget;
import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.budget.Limit;
import io.conductore.topology.budget.LimitChange;
import io.conductore.topology.budget.Spent;
import io.conductore.topology.budget.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One agent's budget in the windows that are open now. */
public record BudgetView(String agentId, List<WindowView> windows) {
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

  /** Limit null means none; reserved is zero until admission reserves (issue 5). */
  public record Amount(
      @Nullable BigDecimal limit,
      BigDecimal spent,
      BigDecimal reserved,
      @Nullable BigDecimal usedRatio) {}

  public static BudgetView of(AgentState agent, BudgetLimits limits, Instant now) {
    List<WindowView> windows = Arrays.stream(Window.values())
        .map(window -> window(agent, limits, window, now))
        .toList();
    return new BudgetView(agent.agentId(), windows);
  }

  private static WindowView window(
      AgentState agent, BudgetLimits limits, Window window, Instant now) {
    long nowMs = now.toEpochMilli();
    Budget budget = agent.budget();
    Limit limit = budget.limitAt(window, nowMs, limits.of(agent.agentId(), window));
    Spent spent = budget.spentAt(window, nowMs);
    Long tokenLimit = limit.tokens();
    Usd usdLimit = limit.usd();
    Amount tokens = amount(
        tokenLimit == null ? null : BigDecimal.valueOf(tokenLimit),
        BigDecimal.valueOf(spent.tokens()),
        BigDecimal.ZERO);
    Amount usd = amount(
        usdLimit == null ? null : usdLimit.toDecimal(),
        spent.usd().toDecimal(),
        Usd.ZERO.toDecimal());
    LimitChange byEvent = budget.changeAt(window, nowMs);
    Long until = byEvent == null ? null : byEvent.untilMs();
    long bucket = window.bucketAt(nowMs);
    return new WindowView(
        window.word(),
        window.startOf(bucket),
        window.endOf(bucket),
        tokens,
        usd,
        state(tokens, usd),
        byEvent == null ? null : byEvent.by(),
        until == null ? null : Instant.ofEpochMilli(until));
  }

  private static Amount amount(@Nullable BigDecimal limit, BigDecimal spent, BigDecimal reserved) {
    boolean rated = limit != null && limit.signum() > 0;
    return new Amount(limit, spent, reserved, rated ? spent.divide(limit, RATIO_DIGITS) : null);
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
