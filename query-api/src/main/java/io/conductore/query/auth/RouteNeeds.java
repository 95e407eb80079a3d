package io.conductore.query.auth;

import java.util.Map;
import java.util.Set;

/**
 * The table: what every route asks for. A route that it does not name asks for an operator, and a
 * test fails until the route is named here and in openapi.yaml.
 */
public final class RouteNeeds {
  private static final Map<String, Need> BY_ROUTE = Map.ofEntries(
      // Writing, and taking work.
      Map.entry("POST /api/events", Need.ACT_AS_SELF),
      Map.entry("GET /api/assignments/next", Need.ACT_AS_SELF),
      Map.entry("GET /api/reviews/next", Need.ACT_AS_SELF),
      Map.entry("POST /api/cursor", Need.ACT_AS_SELF),
      Map.entry("POST /api/budgets/{agentId}/admit", Need.ACT_AS_SELF),
      Map.entry("POST /api/escalations/{id}/ack", Need.OPERATE),
      // An agent's own telemetry; what of it is another's is rejected item by item.
      Map.entry("POST /v1/logs", Need.ACT_AS_SELF),
      Map.entry("POST /v1/metrics", Need.ACT_AS_SELF),
      Map.entry("POST /v1/traces", Need.ACT_AS_SELF),
      Map.entry("POST /api/webhook/github", Need.SIGNATURE),

      // Reading an inbox says that it was delivered, so only its owner or an operator reads it.
      Map.entry("GET /api/inbox", Need.ACT_AS_SELF),
      Map.entry("GET /api/cursor", Need.READ_OWN),

      // Reading: agents look at one another's state, and at issues and costs.
      Map.entry("GET /api/events/stream", Need.READ),
      Map.entry("GET /api/agents", Need.READ),
      Map.entry("GET /api/agents/{agentId}", Need.READ),
      Map.entry("GET /api/budgets", Need.READ),
      Map.entry("GET /api/budgets/{agentId}", Need.READ),
      Map.entry("GET /api/stuck", Need.READ),
      Map.entry("GET /api/stuck/{agentId}", Need.READ),
      Map.entry("GET /api/stuck/{agentId}/nudge", Need.READ),
      Map.entry("GET /api/usage", Need.READ),
      Map.entry("GET /api/telemetry", Need.READ),
      Map.entry("GET /api/costs/summary", Need.READ),
      Map.entry("GET /api/costs/daily", Need.READ),
      Map.entry("GET /api/costs/hourly", Need.READ),
      Map.entry("GET /api/costs/issue", Need.READ),
      Map.entry("GET /api/reports/costs", Need.READ),
      // The original's is public; what it cost is nobody's business who has no token.
      Map.entry("GET /public/cost-summary", Need.READ),
      Map.entry("GET /api/issues", Need.READ),
      Map.entry("GET /api/issues/{repo}/{number}", Need.READ),
      Map.entry("GET /api/issues/{owner}/{repo}/{number}", Need.READ),
      Map.entry("GET /api/queue", Need.READ),
      Map.entry("GET /api/queue/depth", Need.READ),
      Map.entry("GET /api/gates/merge", Need.READ),
      Map.entry("GET /api/escalations", Need.READ),
      Map.entry("GET /api/escalations/{id}", Need.READ),
      Map.entry("GET /topology", Need.READ),

      // How much is done, by whom and when, can be read from rates; a scraper can hold a token.
      Map.entry("GET /metrics", Need.READ),
      // Each call asks every dependency: nobody unknown may set that off.
      Map.entry("GET /healthz/deep", Need.READ),

      // Probes have no token, and the files of the pages are the same in every installation.
      Map.entry("GET /health", Need.NOTHING),
      Map.entry("GET /healthz/live", Need.NOTHING),
      Map.entry("GET /healthz/ready", Need.NOTHING),
      Map.entry("GET /openapi.yaml", Need.NOTHING),
      Map.entry("GET /docs", Need.NOTHING),
      Map.entry("GET /", Need.NOTHING));

  private RouteNeeds() {}

  /** @param route METHOD path, the path as the route table writes it */
  public static Need of(String route) {
    return BY_ROUTE.getOrDefault(route, Need.OPERATE);
  }

  public static Set<String> routes() {
    return BY_ROUTE.keySet();
  }
}
