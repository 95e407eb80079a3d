package io.conductore.topology.escalation;

import java.time.Duration;

/**
 * What the rules say about a cause.
 *
 * @param severity at the opening
 * @param fromP2 how long a P2 waits for somebody before it climbs
 * @param fromP1 the same for a P1
 */
public record Ranking(Severity severity, Duration fromP2, Duration fromP1) {

  /** How long an escalation of this severity waits; P0 has nowhere to climb. */
  long waitMs(Severity at) {
    return switch (at) {
      case P0 -> Escalation.NEVER_MS;
      case P1 -> fromP1.toMillis();
      case P2 -> fromP2.toMillis();
    };
  }
}
