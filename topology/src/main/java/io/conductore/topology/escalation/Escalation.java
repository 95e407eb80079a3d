package io.conductore.topology.escalation;

import io.conductore.topology.handoff.CauseRecord;
import io.conductore.topology.state.Clip;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One call for a person. Times are the broker's in epoch milliseconds, 0 for not yet.
 *
 * @param evidence event ids, the first ones
 * @param count how often the cause was raised
 * @param suppressed how many further calls were only counted: too deep, or one storm
 * @param raisedAtMs when the cause was last raised
 * @param dueAtMs when time alone changes it next
 */
public record Escalation(
    String id,
    String cause,
    CauseRecord.Subject subject,
    Severity severity,
    String summary,
    List<String> evidence,
    long count,
    long suppressed,
    long openedAtMs,
    long raisedAtMs,
    long dueAtMs,
    long acknowledgedAtMs,
    @Nullable String acknowledgedBy,
    long closedAtMs) {
  /** A time that does not come. */
  public static final long NEVER_MS = Long.MAX_VALUE;

  static final int EVIDENCE_MAX = 20;

  /** Seen and quiet for so long is over, whether or not its cause says so. */
  static final Duration QUIET_CLOSES = Duration.ofHours(24);

  public Escalation {
    evidence = List.copyOf(evidence);
  }

  static Escalation opening(CauseRecord.Raised raised, Ranking ranking, long atMs) {
    return new Escalation(
        EscalationId.of(raised),
        raised.cause(),
        raised.subject(),
        ranking.severity(),
        Clip.text(raised.summary()),
        evidence(List.of(), raised),
        1,
        0,
        atMs,
        atMs,
        later(atMs, ranking.waitMs(ranking.severity())),
        0,
        null,
        0);
  }

  public boolean isAcknowledged() {
    return acknowledgedAtMs != 0;
  }

  public boolean isClosed() {
    return closedAtMs != 0;
  }

  /** The same cause once more: nobody is called again for it. */
  Escalation again(CauseRecord.Raised raised, long atMs) {
    long due = isAcknowledged() ? later(atMs, QUIET_CLOSES.toMillis()) : dueAtMs;
    return changed(
        severity, evidence(evidence, raised), new Counts(count + 1, suppressed), atMs, due);
  }

  Escalation counted() {
    return changed(severity, evidence, new Counts(count, suppressed + 1), raisedAtMs, dueAtMs);
  }

  Escalation climbed(Ranking ranking, long atMs) {
    Severity above = severity.above();
    return changed(
        above,
        evidence,
        new Counts(count, suppressed),
        raisedAtMs,
        later(atMs, ranking.waitMs(above)));
  }

  Escalation acknowledged(@Nullable String by, long atMs) {
    return new Escalation(
        id,
        cause,
        subject,
        severity,
        summary,
        evidence,
        count,
        suppressed,
        openedAtMs,
        raisedAtMs,
        later(atMs, QUIET_CLOSES.toMillis()),
        atMs,
        Clip.orNull(by),
        closedAtMs);
  }

  Escalation closed(long atMs) {
    return new Escalation(
        id,
        cause,
        subject,
        severity,
        summary,
        evidence,
        count,
        suppressed,
        openedAtMs,
        raisedAtMs,
        NEVER_MS,
        acknowledgedAtMs,
        acknowledgedBy,
        atMs);
  }

  private record Counts(long count, long suppressed) {}

  private Escalation changed(
      Severity next, List<String> seen, Counts counts, long raisedMs, long dueMs) {
    return new Escalation(
        id,
        cause,
        subject,
        next,
        summary,
        seen,
        counts.count(),
        counts.suppressed(),
        openedAtMs,
        raisedMs,
        dueMs,
        acknowledgedAtMs,
        acknowledgedBy,
        closedAtMs);
  }

  private static List<String> evidence(List<String> known, CauseRecord.Raised raised) {
    return Stream.of(known.stream(), raised.evidence().stream(), Stream.of(raised.causeEventId()))
        .flatMap(ids -> ids)
        .map(Clip::text)
        .distinct()
        .limit(EVIDENCE_MAX)
        .toList();
  }

  private static long later(long atMs, long byMs) {
    return byMs == NEVER_MS ? NEVER_MS : atMs + byMs;
  }
}
