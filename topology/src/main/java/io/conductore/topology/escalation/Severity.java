package io.conductore.topology.escalation;

/** How soon somebody should look: P0 is at once. */
public enum Severity {
  P0,
  P1,
  P2;

  /** One step up; P0 stays. */
  Severity above() {
    return this == P2 ? P1 : P0;
  }
}
