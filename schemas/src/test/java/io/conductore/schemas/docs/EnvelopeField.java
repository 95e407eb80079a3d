package io.conductore.schemas.docs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.flat.FlatLimits;
import java.util.List;

/** A flat field that every event may have, as EnvelopeReader reads it. */
record EnvelopeField(String name, Takes takes, String meaning) {

  /** The kinds of the envelope, in words and as JSON Schema. */
  enum Takes {
    ID,
    WHOLE,
    DEPTH,
    TIME;

    String words() {
      return switch (this) {
        case ID -> "a string of 1 to " + FlatLimits.ID_CHARS_MAX + " printable characters";
        case WHOLE -> "a whole number from 1 to " + Integer.MAX_VALUE;
        case DEPTH -> "a whole number from 0 to " + FlatLimits.DEPTH_MAX;
        case TIME -> "an ISO-8601 time with its offset, or epoch milliseconds";
      };
    }

    ObjectNode schema() {
      ObjectNode schema = JsonNodeFactory.instance.objectNode();
      return switch (this) {
        case ID ->
          schema
              .put("type", "string")
              .put("minLength", 1)
              .put("maxLength", FlatLimits.ID_CHARS_MAX);
        case WHOLE ->
          schema.put("type", "integer").put("minimum", 1).put("maximum", Integer.MAX_VALUE);
        case DEPTH ->
          schema.put("type", "integer").put("minimum", 0).put("maximum", FlatLimits.DEPTH_MAX);
        case TIME -> {
          schema.putArray("type").add("string").add("integer");
          yield schema.put("format", "date-time");
        }
      };
    }
  }

  static List<EnvelopeField> all() {
    return List.of(
        new EnvelopeField(
            "eventId",
            Takes.ID,
            "Makes a retry harmless: the second event with an id is dropped."
                + " Without one the door makes one."),
        new EnvelopeField(
            "occurredAt",
            Takes.TIME,
            "The producer's clock; `timestamp` is another name for it."
                + " A time before 2020 or more than "
                + FlatLimits.CLOCK_AHEAD_MAX.toMinutes()
                + " minutes ahead is replaced by the door's."),
        new EnvelopeField(
            "agentId",
            Takes.ID,
            "Who it is about. In `dev-e-node/abc12` the agent is `dev-e-node`,"
                + " and the rest is the instance."),
        new EnvelopeField("repo", Takes.ID, "The repository, `owner/name`; no `#`."),
        new EnvelopeField(
            "issueNumber", Takes.WHOLE, "The issue; 0 counts as not given where it is optional."),
        new EnvelopeField(
            "leaseToken",
            Takes.WHOLE,
            "The fencing token of the assignment that it belongs to; an old one moves nothing."),
        new EnvelopeField("sessionId", Takes.ID, "The agent's session."),
        new EnvelopeField("tenant", Takes.ID, "Whose event it is."),
        new EnvelopeField("pool", Takes.ID, "The pool of agents."),
        new EnvelopeField(
            "source", Takes.ID, "What sent it; the door's name if not given or a stage's own."),
        new EnvelopeField("causationId", Takes.ID, "The event that led to this one."),
        new EnvelopeField(
            "depth",
            Takes.DEPTH,
            "How many events led to this one; a longer chain between agents is a loop."));
  }
}
