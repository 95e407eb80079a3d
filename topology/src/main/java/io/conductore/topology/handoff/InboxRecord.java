package io.conductore.topology.handoff;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/**
 * One record of rig.inbox. An event goes to every partition (key {@link Handoff#EVERYONE}), because
 * who subscribed to it is known where the subscribers are; the rest is keyed by agent.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
  @JsonSubTypes.Type(value = InboxRecord.Event.class, name = "event"),
  @JsonSubTypes.Type(value = InboxRecord.Notice.class, name = "notice"),
  @JsonSubTypes.Type(value = InboxRecord.Subscribed.class, name = "subscribed"),
  @JsonSubTypes.Type(value = InboxRecord.Delivered.class, name = "delivered"),
  @JsonSubTypes.Type(value = InboxRecord.Acknowledged.class, name = "acknowledged")
})
public sealed interface InboxRecord {

  /**
   * An event of an issue.
   *
   * @param type the wire name
   * @param data the event's flat fields, as /api/events/stream shows them
   * @param holders the agents that hold the issue or its review at that time
   */
  record Event(
      String eventId,
      String type,
      String streamId,
      long occurredAtMs,
      JsonNode data,
      List<String> holders)
      implements InboxRecord {
    public Event {
      required(eventId, type, streamId, data);
      holders = List.copyOf(holders);
    }
  }

  /** Said to one agent whatever it subscribed to, such as a nudge. */
  record Notice(String agentId, String noticeId, String type, long atMs, JsonNode data)
      implements InboxRecord {
    public Notice {
      required(agentId, noticeId, type, data);
    }
  }

  /**
   * An agent's subscription, newest wins.
   *
   * @param all true for every issue, false for the ones that the agent holds
   */
  record Subscribed(String agentId, List<String> types, boolean all, int slots)
      implements InboxRecord {
    public Subscribed {
      required(agentId);
      types = List.copyOf(types);
    }
  }

  /** Entries up to this ordinal were in an answer to the agent. */
  record Delivered(String agentId, long ordinal, long atMs) implements InboxRecord {
    public Delivered {
      required(agentId);
    }
  }

  /** The agent has processed everything up to this ordinal. */
  record Acknowledged(String agentId, long ordinal, long atMs) implements InboxRecord {
    public Acknowledged {
      required(agentId);
    }
  }

  /** What somebody else's JSON leaves out is null whatever the type says. */
  private static void required(Object... fields) {
    for (Object field : fields) {
      Objects.requireNonNull(field, "a field is missing");
    }
  }
}
