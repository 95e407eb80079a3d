package io.conductore.topology.escalation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conductore.topology.handoff.CauseRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One record of rig.escalations: plain JSON for webhooks and kcat (docs/reference/escalations.md).
 * Fields are only ever added.
 *
 * @param state what happened: opened, climbed, acknowledged or closed
 * @param at when, ISO-8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Publication(
    String id,
    String cause,
    String severity,
    CauseRecord.Subject subject,
    String summary,
    List<String> evidence,
    String state,
    String at,
    long count,
    long suppressed,
    String openedAt,
    @Nullable String acknowledgedBy) {

  static Publication of(Change.News news, long atMs) {
    Escalation escalation = news.escalation();
    return new Publication(
        escalation.id(),
        escalation.cause(),
        escalation.severity().name(),
        escalation.subject(),
        escalation.summary(),
        escalation.evidence(),
        news.told().name().toLowerCase(Locale.ROOT),
        Instant.ofEpochMilli(atMs).toString(),
        escalation.count(),
        escalation.suppressed(),
        Instant.ofEpochMilli(escalation.openedAtMs()).toString(),
        escalation.acknowledgedBy());
  }
}
