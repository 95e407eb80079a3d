package io.conductore.bench.mix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.flat.FlatWriter;

/**
 * An event as the flat JSON that an agent posts and that the incumbent keeps in its data column.
 */
public final class PostedJson {

  private PostedJson() {}

  public static String of(AgentActivity event) {
    ObjectNode data = FlatWriter.data(event);
    data.put("type", event.getType());
    data.put("eventId", event.getEventId());
    data.put("occurredAt", event.getOccurredAtMs());
    // Stamped at the door, not said by a producer.
    data.remove("costBasis");
    return data.toString();
  }
}
