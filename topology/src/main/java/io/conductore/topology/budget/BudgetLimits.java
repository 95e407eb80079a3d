package io.conductore.topology.budget;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of budgets.yaml:
 *
 * <pre>
 * default: {hour: {tokens: 50000}, day: {tokens: 200000, usd: 20}}
 * agents:
 *   dev-e: {tenant: acme, pool: backend, day: {tokens: 100000}}
 * tenants:
 *   acme: {day: {usd: 100}}
 *   "*": {day: {usd: 10}}
 * pools:
 *   backend: {hour: {usd: 20}}
 * issues: {tokens: 2000000, usd: 15}
 * </pre>
 *
 * What an agent's entry leaves out comes from default, what a tenant's or a pool's leaves out from
 * "*"; what both leave out is unlimited. Every issue has the same ceiling. A name that is not known
 * is refused: a misspelt limit would be no limit.
 */
public record BudgetLimits(
    Map<Window, Limit> byDefault,
    Map<String, Map<Window, Limit>> byAgent,
    Map<String, Map<Window, Limit>> byTenant,
    Map<String, Map<Window, Limit>> byPool,
    Limit perIssue,
    Map<String, Home> homes) {
  /** Stands for every tenant or pool that has no entry. */
  public static final String EVERY_OTHER = "*";

  public static final BudgetLimits NONE = new BudgetLimits(Map.of(), Map.of());

  /** Whom an agent spends for, whatever it says itself; null where the file says nothing. */
  public record Home(@Nullable String tenant, @Nullable String pool) {
    public static final Home UNKNOWN = new Home(null, null);
  }

  /** Limits of agents alone. */
  public BudgetLimits(Map<Window, Limit> byDefault, Map<String, Map<Window, Limit>> byAgent) {
    this(byDefault, byAgent, Map.of(), Map.of(), Limit.NONE, Map.of());
  }

  public Limit of(String agentId, Window window) {
    return of(byAgent, agentId, window).or(byDefault.getOrDefault(window, Limit.NONE));
  }

  public Limit of(Scope scope, Window window) {
    return switch (scope.kind()) {
      case AGENT -> of(scope.id(), window);
      case TENANT -> of(byTenant, scope.id(), window).or(of(byTenant, EVERY_OTHER, window));
      case POOL -> of(byPool, scope.id(), window).or(of(byPool, EVERY_OTHER, window));
      case ISSUE -> window == Window.TOTAL ? perIssue : Limit.NONE;
    };
  }

  public Home home(String agentId) {
    return homes.getOrDefault(agentId, Home.UNKNOWN);
  }

  /**
   * Reads the file; a missing file means no limits.
   *
   * @throws IllegalArgumentException naming the entry that is wrong
   */
  public static BudgetLimits read(Path file) throws IOException {
    return BudgetsYaml.read(file);
  }

  private static Limit of(Map<String, Map<Window, Limit>> entries, String name, Window window) {
    return entries.getOrDefault(name, Map.of()).getOrDefault(window, Limit.NONE);
  }
}
