package io.conductore.schemas.flat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.LogEvent;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Flat JSON text to outcomes and back, with JSON settings like the doors'. */
public final class FlatText {
  public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  static final String MINTED = "minted-at-the-door";

  static final JsonMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
      .build();

  private FlatText() {}

  static FlatOutcome read(String json) {
    return FlatReader.read(parse(json), reading());
  }

  static LogEvent accepted(String json) {
    return accepted(parse(json));
  }

  public static LogEvent accepted(JsonNode json) {
    FlatOutcome outcome = FlatReader.read(json, reading());
    assertThat(outcome).as(() -> json.toString()).isInstanceOf(FlatOutcome.Accepted.class);
    return ((FlatOutcome.Accepted) outcome).event();
  }

  static AgentActivity activity(String json) {
    return (AgentActivity) accepted(json).envelope();
  }

  static IssueLifecycle lifecycle(String json) {
    return (IssueLifecycle) accepted(json).envelope();
  }

  static List<FieldError> refused(String json) {
    FlatOutcome outcome = read(json);
    assertThat(outcome).as(json).isInstanceOf(FlatOutcome.Refused.class);
    return ((FlatOutcome.Refused) outcome).errors();
  }

  /** A heartbeat with these fields beside its type and agent. */
  static String heartbeat(String fields) {
    return "{\"type\":\"HEARTBEAT\",\"agentId\":\"dev-e-1\"," + fields + "}";
  }

  static Reading reading() {
    return new Reading(NOW.toEpochMilli(), () -> MINTED, "test");
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(json, notJson);
    }
  }

  public static String print(JsonNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException unprintable) {
      throw new AssertionError("an accepted event must be printable", unprintable);
    }
  }

  /** The envelope as the flat event that a client could send again. */
  static ObjectNode flat(SpecificRecord envelope) {
    ObjectNode flat = FlatWriter.data(envelope);
    if (envelope instanceof AgentActivity activity) {
      stamp(flat, activity.getType(), activity.getEventId(), activity.getOccurredAtMs());
    } else if (envelope instanceof IssueLifecycle lifecycle) {
      stamp(flat, lifecycle.getType(), lifecycle.getEventId(), lifecycle.getOccurredAtMs());
    }
    return flat;
  }

  private static void stamp(ObjectNode flat, String type, String eventId, long occurredAtMs) {
    flat.put("type", type).put("eventId", eventId).put("occurredAt", occurredAtMs);
  }
}
