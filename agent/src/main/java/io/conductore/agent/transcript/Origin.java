package io.conductore.agent.transcript;

import io.conductore.schemas.evidence.EventIds;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where and when something in a run happened.
 *
 * @param scope what makes the names of messages and tools unique: the session, or the content of
 *     the file
 * @param repo OWNER/NAME as far as the file tells it
 */
record Origin(String scope, String sessionId, @Nullable String repo, Instant at) {

  UUID eventId(String kind, String name) {
    return EventIds.of(kind, scope, name);
  }
}
