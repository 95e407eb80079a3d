package io.conductore.bench.peer;

import io.conductore.bench.mix.PostedJson;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.activity.TokenUsage;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** One event as the incumbent stores it, prepared before the clock starts. */
public record PostgresRow(
    UUID id,
    String stream,
    String type,
    String data,
    Timestamp at,
    Date day,
    long tokens,
    long picoUsd) {

  static PostgresRow of(AgentActivity event) {
    Instant at = Instant.ofEpochMilli(event.getOccurredAtMs());
    boolean usage = event.getPayload() instanceof TokenUsage;
    return new PostgresRow(
        UUID.fromString(event.getEventId()),
        event.getStreamId(),
        event.getType(),
        PostedJson.of(event),
        Timestamp.from(at),
        Date.valueOf(at.atZone(ZoneOffset.UTC).toLocalDate()),
        usage ? tokens((TokenUsage) event.getPayload()) : 0,
        usage ? ((TokenUsage) event.getPayload()).getCostPicoUsd() : 0);
  }

  private static long tokens(TokenUsage usage) {
    return usage.getInputTokens() + usage.getOutputTokens();
  }
}
