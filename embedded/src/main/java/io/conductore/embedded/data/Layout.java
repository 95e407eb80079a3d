package io.conductore.embedded.data;

import java.nio.file.Path;

/** Where things are in a data folder. Holds no promise that any of it exists. */
public record Layout(Path root) {
  static final String BUDGETS = "budgets.yaml";
  static final String PRICES = "prices.yaml";
  static final String ESCALATION = "escalation.yaml";
  static final String STUCK = "stuck.yaml";
  static final String TELEMETRY = "telemetry.yaml";
  static final String SECRETS = "secrets";
  static final String TOKENS = "tokens.yaml";
  static final String LOCK = "lock";

  public Path kafka() {
    return root.resolve("kafka");
  }

  public Path registry() {
    return root.resolve("registry");
  }

  public Path streams() {
    return root.resolve("streams");
  }

  /** Schemas learnt from a registry, so that they outlive it. */
  public Path schemas() {
    return root.resolve("schemas");
  }

  /** The operator's own limits; it may be absent. */
  public Path budgets() {
    return root.resolve(BUDGETS);
  }

  /** The operator's own prices; it may be absent. */
  public Path prices() {
    return root.resolve(PRICES);
  }

  /** The operator's own rules of escalation; it may be absent. */
  public Path escalation() {
    return root.resolve(ESCALATION);
  }

  /** The operator's own thresholds of StuckGuard; it may be absent. */
  public Path stuck() {
    return root.resolve(STUCK);
  }

  /** The operator's own names of attributes in telemetry; it may be absent. */
  public Path telemetry() {
    return root.resolve(TELEMETRY);
  }

  /** The secret of the webhook at GitHub; it may be absent. */
  public Path githubSecret() {
    return root.resolve(SECRETS).resolve("github-webhook");
  }

  /** Hashes of the tokens that the API knows; it may be absent. */
  public Path tokens() {
    return root.resolve(TOKENS);
  }

  public Path log(String part) {
    return root.resolve("logs").resolve(part + ".log");
  }

  public Path status() {
    return root.resolve("status.json");
  }

  Path version() {
    return root.resolve("VERSION");
  }

  Path lock() {
    return root.resolve(LOCK);
  }
}
