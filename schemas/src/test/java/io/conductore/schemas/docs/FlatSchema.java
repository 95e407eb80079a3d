package io.conductore.schemas.docs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.EventType;
import io.conductore.schemas.FlatField;
import io.conductore.schemas.Log;
import io.conductore.schemas.flat.Expectation;
import io.conductore.schemas.flat.FlatLimits;
import org.jspecify.annotations.Nullable;

/** The flat form as JSON Schema, for tools that check or generate. */
final class FlatSchema {
  private FlatSchema() {}

  /** The fields of every event. */
  static ObjectNode envelope() {
    ObjectNode schema = object();
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("type").put("type", "string");
    for (EnvelopeField field : EnvelopeField.all()) {
      ObjectNode property = field.takes().schema();
      property.put("description", field.meaning());
      properties.set(field.name(), property);
    }
    schema.putArray("required").add("type");
    return schema;
  }

  /** The fields of one type on top of those. */
  static ObjectNode of(EventType type) {
    ObjectNode own = object();
    ObjectNode properties = own.putObject("properties");
    properties.putObject("type").put("const", type.wireName());
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    if (type.log() == Log.ACTIVITY) {
      required.add("agentId");
    } else {
      required
          .add("repo")
          .add(type.fields().containsKey("issuecount") ? "milestone" : "issueNumber");
    }
    for (FlatField field : type.fields().values()) {
      properties.set(
          field.name(),
          property(field, type.payload().getFields().get(field.position()).doc()));
      if (field.required()) {
        required.add(field.name());
      }
    }
    own.set("required", required);
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema
        .put("title", type.readName())
        .putArray("allOf")
        .add(JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/Envelope"))
        .add(own);
    return schema;
  }

  private static ObjectNode property(FlatField field, @Nullable String doc) {
    ObjectNode property = JsonNodeFactory.instance.objectNode();
    switch (field.kind()) {
      case STRING -> string(property, field);
      case INT, LONG -> range(property.put("type", "integer"), field.max());
      case DURATION -> range(property.put("type", "number"), field.max());
      case DOUBLE -> property.put("type", "number");
      case BOOLEAN -> property.put("type", "boolean");
      case STRINGS ->
        array(property).put("type", "string").put("maxLength", FlatLimits.STRING_CHARS_MAX);
      case INTS -> range(array(property).put("type", "integer"), field.max());
      case JSON -> {}
      case USD -> {
        property.putArray("type").add("number").add("string");
        range(property, field.max());
      }
      case TIME -> {
        property.putArray("type").add("string").add("integer");
        property.put("format", "date-time");
      }
      case DECIMAL -> property.putArray("type").add("number").add("string");
    }
    String takes = "Takes " + Expectation.of(field) + ".";
    return property.put(
        "description", doc == null ? takes : doc.replaceAll("\\s+", " ") + " " + takes);
  }

  private static void string(ObjectNode property, FlatField field) {
    property.put("type", "string");
    if (!field.oneOf().isEmpty()) {
      ArrayNode values = property.putArray("enum");
      field.oneOf().forEach(values::add);
    } else if (field.charsMax() == 0) {
      property.put("maxLength", FlatLimits.charsMax(field));
    }
  }

  private static ObjectNode array(ObjectNode property) {
    return property
        .put("type", "array")
        .put("maxItems", FlatLimits.ARRAY_ITEMS_MAX)
        .putObject("items");
  }

  private static void range(ObjectNode number, long max) {
    number.put("minimum", 0).put("maximum", max);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode().put("type", "object");
  }
}
