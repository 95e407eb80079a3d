package io.conductore.agent.transcript;

import java.nio.charset.StandardCharsets;
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

  /** Part of every id, so that a later change of the rule cannot meet ids of this one. */
  private static final String RULE = "conductore import 1";

  /**
   * The id of the event that this kind of thing with this name gives. A pure function of the run's
   * content, so that an import can be repeated; the separator cannot occur in what it separates
   * unless somebody forges it.
   */
  UUID eventId(String kind, String name) {
    String whole = String.join("\u001f", RULE, kind, scope, name);
    return UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8));
  }
}
