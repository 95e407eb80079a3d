package io.conductore.schemas.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.conductore.schemas.BundledSchemas;
import io.conductore.schemas.EventCatalog;
import io.conductore.schemas.EventType;
import io.conductore.schemas.Log;
import io.conductore.schemas.TopicSpec;
import io.conductore.schemas.Topics;
import java.util.Locale;
import java.util.Map;

/** docs/reference/asyncapi.yaml: AsyncAPI 3.0 with the Kafka bindings 0.5.0. */
final class AsyncApi {
  private static final String BINDING_VERSION = "0.5.0";
  private static final String AVRO_FORMAT = "application/vnd.apache.avro+json;version=1.9.0";
  private static final String BUNDLED =
      "../../schemas/src/main/resources/io/conductore/schemas/bundled/%d.avsc";
  private static final String GENERATED =
      "# Generated from Topics.java and the Avro schemas by ReferencePagesTest; do not edit.\n";
  private static final YAMLMapper YAML = YAMLMapper.builder()
      .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
      .disable(YAMLGenerator.Feature.SPLIT_LINES)
      .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
      .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
      .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
      .build();
  private static final String DEAD_LETTER = "DeadLetter";

  private AsyncApi() {}

  static String text() {
    try {
      return GENERATED + YAML.writeValueAsString(document());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of our own must be printable", e);
    }
  }

  static ObjectNode document() {
    ObjectNode document = object().put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", "Conductor-E")
        .put("version", "1.0.0")
        .put(
            "description",
            "What agents say and what happens to issues, as Kafka topics. Producers write flat"
                + " JSON to rig.ingress or to POST /api/events; consumers read Avro from the logs.")
        .putObject("license")
        .put("name", "Apache-2.0");
    document.putObject("servers").set("embedded", server());
    ObjectNode channels = document.putObject("channels");
    ObjectNode operations = document.putObject("operations");
    for (TopicSpec topic : Topics.all()) {
      channels.set(topic.name(), channel(topic));
      operations.set(operationName(topic), operation(topic));
    }
    document.set("components", components());
    return document;
  }

  private static ObjectNode server() {
    ObjectNode server = object()
        .put("host", "127.0.0.1:9092")
        .put("protocol", "kafka")
        .put("description", "What ./rig up starts; --kafka-port and --registry-port move it.");
    binding(server)
        .put("schemaRegistryUrl", "http://127.0.0.1:8081/apis/ccompat/v7")
        .put("schemaRegistryVendor", "confluent")
        .put("bindingVersion", BINDING_VERSION);
    return server;
  }

  private static ObjectNode channel(TopicSpec topic) {
    ObjectNode channel = object().put("address", topic.name()).put("description", topic.purpose());
    ObjectNode messages = channel.putObject("messages");
    messagesOf(topic)
        .forEach(
            name -> messages.set(name.textValue(), ref("components/messages", name.textValue())));
    Map<String, String> config = topic.config();
    ObjectNode binding = binding(channel).put("partitions", topic.partitions());
    ObjectNode configuration = binding.putObject("topicConfiguration");
    configuration.putArray("cleanup.policy").add(config.get("cleanup.policy"));
    configuration
        .put("retention.ms", Long.parseLong(config.get("retention.ms")))
        .put("max.message.bytes", topic.recordBytesMax());
    binding.put("bindingVersion", BINDING_VERSION);
    return channel;
  }

  private static ObjectNode operation(TopicSpec topic) {
    ObjectNode operation = object().put("action", isIngress(topic) ? "receive" : "send");
    operation.set("channel", ref("channels", topic.name()));
    ArrayNode messages = operation.putArray("messages");
    messagesOf(topic)
        .forEach(
            name -> messages.add(ref("channels/" + topic.name() + "/messages", name.textValue())));
    return operation;
  }

  private static String operationName(TopicSpec topic) {
    return (isIngress(topic) ? "receive-" : "send-") + topic.name().replace('.', '-');
  }

  private static ArrayNode messagesOf(TopicSpec topic) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    Log log = topic.log();
    if (log != null) {
      names.add(log.schema().getName());
    } else if (isIngress(topic)) {
      EventCatalog.all().forEach(type -> names.add(type.wireName()));
    } else {
      names.add(DEAD_LETTER);
    }
    return names;
  }

  private static boolean isIngress(TopicSpec topic) {
    return topic.name().equals(Topics.INGRESS);
  }

  private static ObjectNode components() {
    ObjectNode components = object();
    ObjectNode messages = components.putObject("messages");
    Topics.all().stream()
        .filter(topic -> topic.log() != null)
        .forEach(topic -> messages.set(topic.log().schema().getName(), logMessage(topic)));
    EventCatalog.all().forEach(type -> messages.set(type.wireName(), flatMessage(type)));
    messages
        .putObject(DEAD_LETTER)
        .put("title", "A record that could not be processed")
        .put("description", "Key, value and headers as they came; why and from where in headers.")
        .put("contentType", "application/octet-stream");
    ObjectNode schemas = components.putObject("schemas");
    schemas.set("Envelope", FlatSchema.envelope());
    EventCatalog.all().forEach(type -> schemas.set(type.readName(), FlatSchema.of(type)));
    return components;
  }

  private static ObjectNode logMessage(TopicSpec topic) {
    Log log = topic.log();
    ObjectNode message = object()
        .put("title", log.schema().getName())
        .put(
            "description",
            "The envelope; its payload is one record of the union for each event type.")
        .put("contentType", "application/vnd.apache.avro");
    message.set("headers", cloudEventHeaders(log));
    message
        .putObject("payload")
        .put("schemaFormat", AVRO_FORMAT)
        .putObject("schema")
        .put("$ref", BUNDLED.formatted(latest(log)));
    ObjectNode binding = binding(message);
    binding.putObject("key").put("type", "string").put("description", topic.key());
    binding
        .put("schemaIdLocation", "payload")
        .put("schemaIdPayloadEncoding", "confluent")
        .put("schemaLookupStrategy", "TopicNameStrategy")
        .put("bindingVersion", BINDING_VERSION);
    return message;
  }

  private static ObjectNode flatMessage(EventType type) {
    ObjectNode message = object()
        .put("title", type.readName())
        .put("summary", type.payload().getDoc())
        .put("contentType", "application/json");
    message.set("payload", ref("components/schemas", type.readName()));
    message.put("x-log", type.log().topic());
    return message;
  }

  private static ObjectNode cloudEventHeaders(Log log) {
    ObjectNode headers = object().put("type", "object");
    ObjectNode properties = headers.putObject("properties");
    properties.putObject("ce_specversion").put("type", "string").put("const", "1.0");
    properties.putObject("ce_id").put("type", "string").put("description", "The event id.");
    ArrayNode types = properties.putObject("ce_type").put("type", "string").putArray("enum");
    EventCatalog.all().stream()
        .filter(type -> type.log() == log)
        .forEach(type -> types.add(type.wireName()));
    properties.putObject("ce_source").put("type", "string");
    return headers;
  }

  private static int latest(Log log) {
    return BundledSchemas.byId().entrySet().stream()
        .filter(entry -> entry.getValue().getFullName().equals(log.schema().getFullName()))
        .mapToInt(Map.Entry::getKey)
        .max()
        .orElseThrow();
  }

  private static ObjectNode ref(String place, String name) {
    return object().put("$ref", String.format(Locale.ROOT, "#/%s/%s", place, name));
  }

  private static ObjectNode binding(ObjectNode owner) {
    return owner.putObject("bindings").putObject("kafka");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
