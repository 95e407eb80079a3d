package io.conductore.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.conductore.schemas.registry.RegistryHttp.Answer;
import io.conductore.schemas.registry.RegistryHttp.Call;
import io.conductore.schemas.registry.RegistryOutcome.Incompatible;
import io.conductore.schemas.registry.RegistryOutcome.NotFound;
import io.conductore.schemas.registry.RegistryOutcome.Ok;
import io.conductore.schemas.registry.RegistryOutcome.Refused;
import io.conductore.schemas.registry.RegistryOutcome.Unavailable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The Confluent Schema Registry REST API, as far as we need it. Each method is one path of that
 * API; each blocks until there is an outcome, at most the deadline of the configuration.
 * Thread-safe.
 */
public final class RegistryClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Error codes with which a registry says "not found". A bare 404 may come from a wrong path. */
  private static final int NOT_FOUND_MIN = 40401;

  private static final int NOT_FOUND_MAX = 40499;

  private final Duration deadline;
  private final RegistryHttp http;

  public RegistryClient(RegistryConfig config) {
    this(config, InstantSource.system(), Sleeper.REAL, RandomGenerator.getDefault());
  }

  /** For tests that own time and chance. */
  public RegistryClient(
      RegistryConfig config, InstantSource clock, Sleeper sleeper, RandomGenerator random) {
    this.deadline = config.deadline();
    this.http = new RegistryHttp(config, clock, sleeper, random);
  }

  /** Which existing versions a new schema is checked against. */
  public enum Versions {
    ALL("/versions"),
    LATEST("/versions/latest");

    private final String path;

    Versions(String path) {
      this.path = path;
    }
  }

  /**
   * Adds the schema as the subject's next version, or finds it there; either way the answer is its
   * id.
   */
  public RegistryOutcome<Integer> register(String subject, Schema schema) {
    return ask("POST", subject(subject) + "/versions", written(schema), RegistryClient::id);
  }

  /** The id under which the subject already has exactly this schema. Needs no right to write. */
  public RegistryOutcome<Integer> lookup(String subject, Schema schema) {
    return ask("POST", subject(subject), written(schema), RegistryClient::id);
  }

  public RegistryOutcome<Schema> schemaById(int id) {
    return schemaById(id, deadline);
  }

  /** As above for a caller with less time than the configured deadline. */
  public RegistryOutcome<Schema> schemaById(int id, Duration budget) {
    Duration shorter = budget.compareTo(deadline) < 0 ? budget : deadline;
    return ask(new Call("GET", "/schemas/ids/" + id, null), shorter, RegistryClient::schema);
  }

  /** The subject's own rule; NotFound if it only inherits the registry's. */
  public RegistryOutcome<Compatibility> compatibility(String subject) {
    return ask("GET", "/config/" + segment(subject), null, RegistryClient::level);
  }

  public RegistryOutcome<Compatibility> setCompatibility(String subject, Compatibility level) {
    String body = JSON.createObjectNode().put("compatibility", level.name()).toString();
    return ask("PUT", "/config/" + segment(subject), body, answer -> new Ok<>(level));
  }

  /** Tries a schema without adding it: Ok with the same schema, or Incompatible. */
  public RegistryOutcome<Schema> check(String subject, Schema schema, Versions against) {
    String path = "/compatibility" + subject(subject) + against.path + "?verbose=true";
    return ask("POST", path, written(schema), answer -> verdict(schema, answer));
  }

  private <T> RegistryOutcome<T> ask(
      String method,
      String path,
      @Nullable String body,
      Function<JsonNode, RegistryOutcome<T>> reading) {
    return ask(new Call(method, path, body), deadline, reading);
  }

  private <T> RegistryOutcome<T> ask(
      Call call, Duration budget, Function<JsonNode, RegistryOutcome<T>> reading) {
    Answer answer = http.send(call, budget);
    if (answer instanceof Answer.NoAnswer none) {
      return new Unavailable<>(none.why(), none.retryAfter());
    }
    Answer.Reply reply = (Answer.Reply) answer;
    int errorCode = reply.body().path("error_code").asInt(0);
    if (reply.status() >= 200 && reply.status() < 300) {
      return reading.apply(reply.body());
    }
    if (reply.status() == 404 && errorCode >= NOT_FOUND_MIN && errorCode <= NOT_FOUND_MAX) {
      return new NotFound<>(reply.detail());
    }
    if (reply.status() == 409) {
      return new Incompatible<>(reply.detail());
    }
    return new Refused<>(reply.status(), errorCode, reply.detail());
  }

  private static RegistryOutcome<Integer> id(JsonNode answer) {
    JsonNode id = answer.path("id");
    return id.isInt() && id.intValue() > 0 ? new Ok<>(id.intValue()) : unexpected("no usable id");
  }

  private static RegistryOutcome<Schema> schema(JsonNode answer) {
    String type = answer.path("schemaType").asText("AVRO");
    if (!"AVRO".equals(type)) {
      return unexpected("a schema of type " + Wording.oneLine(type) + ", not AVRO");
    }
    if (!answer.path("schema").isTextual()) {
      return unexpected("no schema");
    }
    SchemaText.Parsed parsed = SchemaText.parse(answer.path("schema").textValue());
    if (parsed instanceof SchemaText.Parsed.Bad bad) {
      return unexpected("a schema that Avro cannot parse: " + bad.why());
    }
    return new Ok<>(((SchemaText.Parsed.Good) parsed).schema());
  }

  private static RegistryOutcome<Compatibility> level(JsonNode answer) {
    // Confluent answers a GET with compatibilityLevel; some others keep the name that PUT uses.
    String text =
        answer.path("compatibilityLevel").asText(answer.path("compatibility").asText(""));
    Optional<Compatibility> known =
        Arrays.stream(Compatibility.values()).filter(c -> c.name().equals(text)).findFirst();
    return known
        .<RegistryOutcome<Compatibility>>map(Ok::new)
        .orElseGet(() -> unexpected("an unknown compatibility: " + Wording.oneLine(text)));
  }

  private static RegistryOutcome<Schema> verdict(Schema schema, JsonNode answer) {
    if (!answer.path("is_compatible").isBoolean()) {
      return unexpected("no verdict");
    }
    if (answer.path("is_compatible").booleanValue()) {
      return new Ok<>(schema);
    }
    StringJoiner reasons = new StringJoiner("; ");
    answer.path("messages").forEach(message -> reasons.add(message.asText()));
    return new Incompatible<>(Wording.oneLine(reasons.toString()));
  }

  /**
   * A well-formed answer that says something else than the API promises: retrying would not help.
   */
  private static <T> RegistryOutcome<T> unexpected(String what) {
    return new Refused<>(200, 0, "the registry answered with " + what);
  }

  private static String written(Schema schema) {
    // No schemaType: AVRO is the default, and registries from before it existed refuse the field.
    ObjectNode body = JSON.createObjectNode().put("schema", SchemaText.registered(schema));
    return body.toString();
  }

  private static String subject(String subject) {
    return "/subjects/" + segment(subject);
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
