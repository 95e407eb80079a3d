package io.conductore.schemas.flat;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.EventType;
import io.conductore.schemas.FlatField;
import io.conductore.schemas.lifecycle.MilestoneComplete;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one flat JSON event into its envelope. Names match in any case, the type must be exact,
 * every wrong field is named, and fields that no version knows yet are kept as extra. Pure: time
 * and ids come in.
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
      String hint = EventCatalog.meant(name).map(FlatReader::hint).orElse("");
      String detail = "Unknown event type: " + name + hint;
      return refused(new FieldError(FieldError.Code.UNKNOWN_TYPE, "type", detail));
    }
    EventType type = known.get();
    SpecificRecord payload = payload(type);
    FlatOutcome.Accepted accepted = new EnvelopeReader(this, reading).read(type, payload);
    return errors.isEmpty() ? accepted : new FlatOutcome.Refused(errors);
  }

  /**
   * Removes and returns the field, or null when it is not given. Both clients of the original write
   * an empty string where they have nothing to say, so that counts as not given.
   */
  @Nullable
  JsonNode take(String name) {
    Named named = fields.remove(name.toLowerCase(Locale.ROOT));
    if (named == null || (named.value().isTextual() && named.value().textValue().isEmpty())) {
      return null;
    }
    return named.value();
  }

  /** Keeps the first thing that is wrong with each field. */
  void invalid(String field, String detail) {
    boolean known = errors.stream().anyMatch(error -> error.field().equals(field));
    if (!known && errors.size() < FlatLimits.ERRORS_MAX) {
      errors.add(FieldError.invalid(field, detail));
    }
  }

  /** What nobody took, bounded. */
  @Nullable
  Map<String, String> extra() {
    if (fields.isEmpty()) {
      return null;
    }
    Map<String, String> extra = new LinkedHashMap<>();
    int charsLeft = FlatLimits.EXTRA_CHARS_MAX;
    for (Named named : fields.values()) {
      charsLeft -= named.name().length();
      Optional<String> text = JsonText.of(named.value(), charsLeft);
      if (text.isEmpty() || extra.size() == FlatLimits.EXTRA_FIELDS_MAX) {
        invalid(shown(named.name()), beyondExtra(named.name()));
        return null;
      }
      charsLeft -= text.get().length();
      extra.put(named.name(), text.get());
    }
    return extra;
  }

  private static String beyondExtra(String name) {
    return ("No event of this type has the field %s. Unknown fields are kept, but at most"
            + " %d of them with %d characters, %d levels and numbers of %d digits;"
            + " this event has more.")
        .formatted(
            shown(name),
            FlatLimits.EXTRA_FIELDS_MAX,
            FlatLimits.EXTRA_CHARS_MAX,
            FlatLimits.JSON_DEPTH_MAX,
            FlatLimits.JSON_NUMBER_SCALE_MAX);
  }

  private static String shown(String name) {
    return FlatValues.cut(name, FlatLimits.ID_CHARS_MAX);
  }

  private static String hint(EventType meant) {
    return ". Did you mean " + meant.wireName() + "?";
  }

  private void collect(String name, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    if (fields.putIfAbsent(name.toLowerCase(Locale.ROOT), new Named(name, value)) != null) {
      String shown = shown(name);
      invalid(shown, shown + " is given twice; field names match in any case.");
    }
  }

  private SpecificRecord payload(EventType type) {
    SpecificRecord payload = type.newPayload();
    if (payload instanceof MilestoneComplete) {
      issueCountFromIssueNumber();
    }
    for (FlatField field : type.fields().values()) {
      payload.put(field.position(), value(field, take(field.name())));
    }
    return payload;
  }

  /** The original's request re-uses issueNumber for the count of a finished milestone. */
  private void issueCountFromIssueNumber() {
    Named count = fields.remove("issuenumber");
    if (count != null && fields.putIfAbsent("issuecount", count) != null) {
      invalid(
          "issueNumber",
          "issueNumber of MILESTONE_COMPLETE is the number of its issues; give it or issueCount.");
    }
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
      invalid(field.name(), field.name() + " must be " + Expectation.of(field) + ".");
      return field.absent();
    }
    return value.get();
  }

  private static FlatOutcome refused(FieldError error) {
    return new FlatOutcome.Refused(List.of(error));
  }
}
