package io.conductore.query.read;

import io.conductore.topology.escalation.Escalation;
import io.conductore.topology.handoff.CauseRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One escalation as the API shows it.
 *
 * @param climbsAt when its severity rises if nobody acknowledges it
 */
public record EscalationView(
    String id,
    String state,
    String severity,
    String cause,
    CauseRecord.Subject subject,
    String summary,
    List<String> evidence,
    long count,
    long suppressed,
    Instant openedAt,
    Instant raisedAt,
    @Nullable Instant climbsAt,
    @Nullable Instant acknowledgedAt,
    @Nullable String acknowledgedBy,
    @Nullable Instant closedAt) {

  public static EscalationView of(Escalation escalation) {
    boolean climbs = !escalation.isClosed()
        && !escalation.isAcknowledged()
        && escalation.dueAtMs() != Escalation.NEVER_MS;
    return new EscalationView(
        escalation.id(),
        state(escalation),
        escalation.severity().name(),
        escalation.cause(),
        escalation.subject(),
        escalation.summary(),
        escalation.evidence(),
        escalation.count(),
        escalation.suppressed(),
        Instant.ofEpochMilli(escalation.openedAtMs()),
        Instant.ofEpochMilli(escalation.raisedAtMs()),
        climbs ? time(escalation.dueAtMs()) : null,
        time(escalation.acknowledgedAtMs()),
        escalation.acknowledgedBy(),
        time(escalation.closedAtMs()));
  }

  private static String state(Escalation escalation) {
    if (escalation.isClosed()) {
      return "closed";
    }
    return escalation.isAcknowledged() ? "acknowledged" : "open";
  }

  private static @Nullable Instant time(long ms) {
    return ms == 0 ? null : Instant.ofEpochMilli(ms);
  }
}
