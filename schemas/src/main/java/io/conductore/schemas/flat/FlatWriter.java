package io.conductore.schemas.flat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.FlatField;
import io.conductore.schemas.Usd;
import io.conductore.schemas.activity.AgentActivity;
import io.conductore.schemas.lifecycle.IssueLifecycle;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes an envelope back as flat JSON: the inverse of {@link FlatReader} but for absent fields.
 * Amounts are decimals, so print the result with WRITE_BIGDECIMAL_AS_PLAIN, else a millionth of a
 * cent becomes 1E-8.
 */
public final class FlatWriter {
  /** Changes no digit of what a producer said. */
  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
      .build();

  private FlatWriter() {}

  /** All fields but eventId, type and time, which the read-out form carries beside the data. */
  public static ObjectNode data(SpecificRecord envelope) {
    ObjectNode data = JSON.createObjectNode();
    if (envelope instanceof AgentActivity activity) {
      text(data, "agentId", joined(activity.getStreamId(), activity.getInstance()));
      common(data, activity.getRepo(), activity.getIssueNumber(), activity.getSessionId());
      cause(data, activity.getSource(), activity.getCausationId(), activity.getDepth());
      tenancy(data, activity.getTenant(), activity.getPool());
      lease(data, activity.getLeaseToken());
      payload(data, (SpecificRecord) activity.getPayload());
      extra(data, activity.getExtra());
    } else if (envelope instanceof IssueLifecycle lifecycle) {
      common(data, lifecycle.getRepo(), lifecycle.getIssueNumber(), lifecycle.getSessionId());
      text(data, "agentId", joined(lifecycle.getAgentId(), lifecycle.getInstance()));
      cause(data, lifecycle.getSource(), lifecycle.getCausationId(), lifecycle.getDepth());
      tenancy(data, lifecycle.getTenant(), lifecycle.getPool());
      lease(data, lifecycle.getLeaseToken());
      payload(data, (SpecificRecord) lifecycle.getPayload());
      extra(data, lifecycle.getExtra());
    }
    return data;
  }

  private static void common(
      ObjectNode data, @Nullable String repo, @Nullable Integer issue, @Nullable String session) {
    text(data, "repo", repo);
    if (issue != null) {
      data.put("issueNumber", issue.intValue());
    }
    text(data, "sessionId", session);
  }

  private static void cause(
      ObjectNode data, @Nullable String source, @Nullable String causationId, int depth) {
    text(data, "source", source);
    text(data, "causationId", causationId);
    if (depth > 0) {
      data.put("depth", depth);
    }
  }

  private static void tenancy(ObjectNode data, @Nullable String tenant, @Nullable String pool) {
    text(data, "tenant", tenant);
    text(data, "pool", pool);
  }

  private static void lease(ObjectNode data, @Nullable Long token) {
    if (token != null) {
      data.put("leaseToken", token);
    }
  }

  private static void payload(ObjectNode data, SpecificRecord payload) {
    for (FlatField field : EventCatalog.ofPayload(payload.getSchema()).fields().values()) {
      Object value = payload.get(field.position());
      if (value != null) {
        value(data, field, value);
      }
    }
  }

  private static void value(ObjectNode data, FlatField field, Object value) {
    switch (field.kind()) {
      case STRING -> data.put(field.name(), (String) value);
      case INT -> data.put(field.name(), (Integer) value);
      case LONG, DURATION -> data.put(field.name(), (Long) value);
      case DOUBLE -> data.put(field.name(), (Double) value);
      case BOOLEAN -> data.put(field.name(), (Boolean) value);
      case STRINGS, INTS -> array(data, field.name(), (Collection<?>) value);
      case JSON -> json(data, field.name(), (String) value);
      case USD -> data.put(field.name(), new Usd((Long) value).toDecimal());
      case TIME -> data.put(field.name(), Instant.ofEpochMilli((Long) value).toString());
      case DECIMAL -> data.put(field.name(), new BigDecimal((String) value));
    }
  }

  private static void array(ObjectNode data, String name, Collection<?> items) {
    if (items.isEmpty()) {
      return;
    }
    ArrayNode array = data.putArray(name);
    for (Object item : items) {
      if (item instanceof Integer number) {
        array.add(number);
      } else {
        array.add((String) item);
      }
    }
  }

  private static void extra(ObjectNode data, @Nullable Map<String, String> extra) {
    if (extra != null) {
      extra.forEach((name, text) -> json(data, name, text));
    }
  }

  private static void json(ObjectNode data, String name, String text) {
    try {
      data.set(name, JSON.readTree(text));
    } catch (JsonProcessingException notJson) {
      data.put(name, text);
    }
  }

  private static void text(ObjectNode data, String name, @Nullable String value) {
    if (value != null) {
      data.put(name, value);
    }
  }

  private static @Nullable String joined(@Nullable String agent, @Nullable String instance) {
    return agent == null || instance == null ? agent : agent + "/" + instance;
  }
}
