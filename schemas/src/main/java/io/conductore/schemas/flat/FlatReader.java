package io.conductore.schemas.flat;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.EventType;
import io.conductore.schemas.FlatField;
import io.conductore.schemas.Log;
import io.conductore.schemas.LogEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one flat JSON event into its envelope. Names match in any case, the type must be exact, every wrong
 * field is named, and fields that no version knows yet are kept as extra. Pure: time and ids come in.
 */
public final class FlatReader {
  private final Reading reading;
  private final List<FieldError> errors = new ArrayList<>();
  private final Map<String, Named> fields = new LinkedHashMap<>();

  /** A JSON field with the name as the producer wrote it. */
  private record Named(String name, JsonNode value) {}

  private FlatReader(Reading reading) {
    this.reading = reading;
  }

  /** Never throws for any JSON value. */
  public static FlatOutcome read(JsonNode event, Reading reading) {
    return new FlatReader(reading).read(event);
  }

  private FlatOutcome read(JsonNode event) {
    if (!event.isObject()) {
      return refused(FieldError.invalid("", "An event is a JSON object."));
    }
    event.properties().forEach(entry -> collect(entry.getKey(), entry.getValue()));
    JsonNode typeNode = take("type");
    if (typeNode == null || !typeNode.isTextual()) {
      return refused(FieldError.invalid("type", "type must be a string such as HEARTBEAT."));
    }
    Optional<EventType> known = EventCatalog.byWireName(typeNode.textValue());
    if (known.isEmpty()) {
      String name = FlatValues.cut(typeNode.textValue(), FlatLimits.ID_CHARS_MAX);
      return refused(
          new FieldError(FieldError.Code.UNKNOWN_TYPE, "type", "Unknown event type: " + name));
    }
    EventType type = known.get();
    SpecificRecord payload = payload(type);
    LogEvent accepted = new EnvelopeReader(this, reading).read(type, payload);
    return errors.isEmpty()
        ? new FlatOutcome.Accepted(accepted)
        : new FlatOutcome.Refused(errors);
  }

  /** Removes and returns the field, or null when it is absent or JSON null. */
  @Nullable JsonNode take(String name) {
    Named named = fields.remove(name.toLowerCase(Locale.ROOT));
    return named == null ? null : named.value();
  }

  void invalid(String field, String detail) {
    errors.add(FieldError.invalid(field, detail));
  }

  /** What nobody took, bounded. */
  @Nullable Map<String, String> extra() {
    if (fields.isEmpty()) {
      return null;
    }
    Map<String, String> extra = new LinkedHashMap<>();
    long chars = 0;
    for (Named named : fields.values()) {
      String text = named.value().toString();
      chars += named.name().length() + text.length();
      extra.put(named.name(), text);
    }
    if (extra.size() > FlatLimits.EXTRA_FIELDS_MAX || chars > FlatLimits.EXTRA_CHARS_MAX) {
      String first = FlatValues.cut(extra.keySet().iterator().next(), FlatLimits.ID_CHARS_MAX);
      invalid(
          first,
          "Unknown fields are kept up to %d fields and %d characters; this event has more."
              .formatted(FlatLimits.EXTRA_FIELDS_MAX, FlatLimits.EXTRA_CHARS_MAX));
    }
    return extra;
  }

  private void collect(String name, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    if (fields.putIfAbsent(name.toLowerCase(Locale.ROOT), new Named(name, value)) != null) {
      invalid(name, name + " is given twice; field names match in any case.");
    }
  }

  private SpecificRecord payload(EventType type) {
    SpecificRecord payload =
        (SpecificRecord) SpecificData.get().newRecord(null, type.payload());
    for (FlatField field : type.fields().values()) {
      // The original's request re-uses issueNumber for the count of a finished milestone.
      boolean count = type.wireName().equals("MILESTONE_COMPLETE") && field.name().equals("issueCount");
      JsonNode value = take(field.name());
      if (value == null && count) {
        value = take("issueNumber");
      }
      payload.put(field.position(), value(field, value));
    }
    return payload;
  }

  private @Nullable Object value(FlatField field, @Nullable JsonNode node) {
    if (node == null) {
      if (field.required()) {
        invalid(field.name(), field.name() + " is required.");
      }
      return field.absent();
    }
    Optional<Object> value = FlatValues.convert(field, node);
    if (value.isEmpty()) {
      invalid(field.name(), expectation(field));
      return field.absent();
    }
    return value.get();
  }

  private static String expectation(FlatField field) {
    return field.oneOf().isEmpty()
        ? field.name() + " must be " + field.kind().words() + " within limits."
        : field.name() + " must be one of " + String.join(", ", field.oneOf()) + ".";
  }

  private static FlatOutcome refused(FieldError error) {
    return new FlatOutcome.Refused(List.of(error));
  }

  /** The stream of an event: the agent, the issue, or the milestone. */
  static String stream(Log log, String agentOrRepo, @Nullable Integer issue, @Nullable String more) {
    if (log == Log.ACTIVITY) {
      return agentOrRepo;
    }
    return issue == null ? agentOrRepo + "#milestone/" + more : agentOrRepo + "#" + issue;
  }
}
