package io.conductore.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** A schema as text, in the three senses that we need. */
final class SchemaText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JAVA_STRING = "avro.java.string";

  private SchemaText() {}

  /** What a text turned out to be. */
  sealed interface Parsed {
    record Good(Schema schema) implements Parsed {}

    record Bad(String why) implements Parsed {}
  }

  /**
   * What the registry gets: the schema without the marks of Java's code generator, so that other
   * languages see none of them and another generator setting does not make a new version.
   */
  static String registered(Schema schema) {
    try {
      return JSON.writeValueAsString(withoutJavaStrings(JSON.readTree(schema.toString())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro printed a schema that is not JSON", e);
    }
  }

  /**
   * The part of a schema that decides how bytes are laid out (Avro's parsing canonical form). Two
   * schemas with one layout read each other's bytes the same way, whatever their docs and defaults
   * say.
   */
  static String layout(Schema schema) {
    return SchemaNormalization.toParsingForm(schema);
  }

  /** Lenient about names and defaults: what somebody could write with, we must be able to read. */
  static Parsed parse(String text) {
    try {
      Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
      return new Parsed.Good(parser.setValidateDefaults(false).parse(text));
    } catch (AvroRuntimeException | StackOverflowError e) {
      return new Parsed.Bad(Wording.of(e));
    }
  }

  private static JsonNode withoutJavaStrings(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode clean = JSON.createArrayNode();
      array.forEach(element -> clean.add(withoutJavaStrings(element)));
      return clean;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode clean = JSON.createObjectNode();
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    names.remove(JAVA_STRING);
    for (String name : names) {
      JsonNode value = object.get(name);
      // A default is a value, not a schema, even when it looks like one.
      clean.set(name, "default".equals(name) ? value : withoutJavaStrings(value));
    }
    boolean marked = object.has(JAVA_STRING);
    return marked && clean.size() == 1 && clean.path("type").isTextual()
        ? clean.get("type")
        : clean;
  }
}
