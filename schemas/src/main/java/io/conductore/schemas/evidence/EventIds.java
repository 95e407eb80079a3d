package io.conductore.schemas.evidence;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The id of an event that is told by somebody else's record of it. A pure function of what
 * happened, so that an import can be repeated and a second source of the same session adds nothing.
 */
public final class EventIds {
  /** Part of every id, so that a later change of the rule cannot meet ids of this one. */
  private static final String RULE = "conductore import 2";

  private EventIds() {}

  /**
   * The separator cannot occur in what it separates unless somebody forges it.
   *
   * @param type the event's wire name
   * @param scope what makes names unique: the session, or the content of a file
   * @param name a tool use's id; a model call's request id, or its message id where it has none
   */
  public static UUID of(String type, String scope, String name) {
    String whole = String.join("\u001f", RULE, type, scope, name);
    return UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8));
  }
}
