package io.conductore.query.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The deliveries in src/test/resources/github, and small changes of them. */
final class Deliveries {
  static final ObjectMapper JSON = new ObjectMapper();

  private Deliveries() {}

  static ObjectNode read(String name) {
    try (InputStream in = Deliveries.class.getResourceAsStream("/github/" + name + ".json")) {
      return (ObjectNode) JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An issue's delivery about the rig's label. */
  static ObjectNode ofOurLabel(String name) {
    ObjectNode delivery = read(name);
    delivery.withObjectProperty("label").put("name", "agent-ready");
    at(delivery, "/issue").putArray("labels").addObject().put("name", "agent-ready");
    return delivery;
  }

  static ObjectNode at(ObjectNode delivery, String pointer) {
    JsonNode node = delivery.at(pointer);
    return (ObjectNode) node;
  }
}
