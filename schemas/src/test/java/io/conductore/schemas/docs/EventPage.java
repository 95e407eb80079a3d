package io.conductore.schemas.docs;

import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.EventType;
import io.conductore.schemas.FlatField;
import io.conductore.schemas.Log;
import io.conductore.schemas.flat.Expectation;
import io.conductore.schemas.flat.FlatLimits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** docs/reference/events.md: every event type with its flat fields. */
final class EventPage {
  private static final Map<Log, String> KEYS = Map.of(
      Log.ACTIVITY, "the agent, so `agentId` is required",
      Log.LIFECYCLE, "`repo#issueNumber`, so `repo` and `issueNumber` are required");

  private final StringBuilder page = new StringBuilder();

  private EventPage() {}

  static String text() {
    return new EventPage().write();
  }

  private String write() {
    line("# Events");
    line("");
    line("<!-- Generated from the Avro schemas by ReferencePagesTest; do not edit. -->");
    line("");
    line("An event is one flat JSON object, posted to `/api/events` or written to `rig.ingress`.");
    line("");
    line("- `type` is exact; every other name matches in any case.");
    line("- `null` and the empty string count as not given.");
    line("- A field of the wrong kind or beyond its limit is refused, and the answer names it.");
    line("- A field that is not listed is kept: up to %d of them with %d characters and %d levels."
        .formatted(
            FlatLimits.EXTRA_FIELDS_MAX, FlatLimits.EXTRA_CHARS_MAX, FlatLimits.JSON_DEPTH_MAX));
    line("");
    line("## Fields of every event");
    line("");
    line("| Field | Takes | Meaning |");
    line("|---|---|---|");
    line("| `type` | one of the types below | What happened; always required. |");
    for (EnvelopeField field : EnvelopeField.all()) {
      line("| `%s` | %s | %s |".formatted(field.name(), field.takes().words(), field.meaning()));
    }
    for (Log log : Log.values()) {
      log(log);
    }
    return page.toString();
  }

  private void log(Log log) {
    line("");
    line("## " + log.topic());
    line("");
    line("Key and stream are %s.".formatted(KEYS.get(log)));
    EventCatalog.all().stream().filter(type -> type.log() == log).forEach(this::type);
  }

  private void type(EventType type) {
    line("");
    line("### " + type.wireName());
    line("");
    line("%s Read back as `%s`.".formatted(sentence(type.payload().getDoc()), type.readName()));
    if (type.fields().isEmpty()) {
      return;
    }
    line("");
    line("| Field | Takes | Required | Meaning |");
    line("|---|---|---|---|");
    for (FlatField field : type.fields().values()) {
      String doc = sentence(type.payload().getFields().get(field.position()).doc());
      String required = field.required() ? "yes" : "";
      line("| `%s` | %s | %s | %s |".formatted(field.name(), Expectation.of(field), required, doc));
    }
  }

  /** The doc of a schema as one line of a table. */
  private static String sentence(@Nullable String doc) {
    return doc == null ? "" : doc.replaceAll("\\s+", " ").replace("|", "\\|").strip();
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
