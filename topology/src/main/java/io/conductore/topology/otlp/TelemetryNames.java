package io.conductore.topology.otlp;

import java.util.List;
import java.util.Optional;

/**
 * Which attributes say whom an export is about; of several the first that is there counts, looked
 * for beside the item and then in the resource. OTEL_RESOURCE_ATTRIBUTES sets them at the agent.
 */
public record TelemetryNames(
    List<String> agent,
    List<String> repo,
    List<String> issue,
    List<String> pool,
    List<String> tenant) {
  /** agent.id names the agent unless told otherwise; a service without one stands for itself. */
  public static final TelemetryNames DEFAULT = new TelemetryNames(
      List.of("agent.id", "rig.agent", "service.name"),
      List.of("rig.repo"),
      List.of("rig.issue"),
      List.of("rig.pool"),
      List.of("rig.tenant"));

  public TelemetryNames {
    agent = List.copyOf(agent);
    repo = List.copyOf(repo);
    issue = List.copyOf(issue);
    pool = List.copyOf(pool);
    tenant = List.copyOf(tenant);
  }

  static Optional<String> of(List<String> names, Signal item) {
    return names.stream()
        .flatMap(name -> item.attributes().text(name).or(() -> item.resource().text(name)).stream())
        .findFirst();
  }
}
