package io.conductore.schemas.registry;

import io.conductore.schemas.registry.RegistryOutcome.Incompatible;
import io.conductore.schemas.registry.RegistryOutcome.NotFound;
import io.conductore.schemas.registry.RegistryOutcome.Ok;
import io.conductore.schemas.registry.RegistryOutcome.Refused;
import io.conductore.schemas.registry.RegistryOutcome.Unavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * At the start, settles the id of every subject that this process writes: the compatibility rule
 * first, so that not even a first version slips in without it, then the schema. Asks before it
 * writes, so a process without write rights starts as long as somebody registered its schemas
 * before.
 */
public final class SchemaSetup {
  static final Compatibility RULE = Compatibility.BACKWARD_TRANSITIVE;

  private final SchemaIds ids;

  public SchemaSetup(SchemaIds ids) {
    this.ids = ids;
  }

  /** TopicNameStrategy: where the values of a topic have their schemas. */
  public static String valueSubject(String topic) {
    return topic + "-value";
  }

  /**
   * Stops at the first subject that cannot go on; blocks for at most a few deadlines of the client.
   */
  public SetupOutcome run(Map<String, Schema> schemaBySubject) {
    Optional<RegistryClient> registry = ids.registry();
    if (registry.isEmpty()) {
      return fromBundle(schemaBySubject);
    }
    Map<String, Integer> settled = new LinkedHashMap<>();
    for (Map.Entry<String, Schema> entry : schemaBySubject.entrySet()) {
      String subject = entry.getKey();
      RegistryOutcome<Integer> outcome = settle(registry.get(), subject, entry.getValue());
      if (outcome instanceof Unavailable<Integer> away) {
        // The other subjects would only wait for the same silence.
        return fromCache(schemaBySubject, away.why());
      }
      if (!(outcome instanceof Ok<Integer> ok)) {
        return failure(subject, outcome);
      }
      Optional<String> conflict = ids.learn(subject, ok.value(), entry.getValue());
      if (conflict.isPresent()) {
        return new SetupOutcome.Conflict(subject, conflict.get());
      }
      settled.put(subject, ok.value());
    }
    return new SetupOutcome.Ready(settled);
  }

  private static RegistryOutcome<Integer> settle(
      RegistryClient registry, String subject, Schema schema) {
    RegistryOutcome<Compatibility> rule = registry.compatibility(subject);
    boolean inherits = rule instanceof NotFound<Compatibility>;
    boolean differs = rule instanceof Ok<Compatibility> ok && ok.value() != RULE;
    if (inherits || differs) {
      rule = registry.setCompatibility(subject, RULE);
    }
    return rule.then(set -> registered(registry, subject, schema));
  }

  private static RegistryOutcome<Integer> registered(
      RegistryClient registry, String subject, Schema schema) {
    RegistryOutcome<Integer> there = registry.lookup(subject, schema);
    return there instanceof NotFound<Integer> ? registry.register(subject, schema) : there;
  }

  private static SetupOutcome failure(String subject, RegistryOutcome<Integer> outcome) {
    if (outcome instanceof Incompatible<Integer> breaks) {
      return new SetupOutcome.Incompatible(subject, breaks.detail());
    }
    if (outcome instanceof Refused<Integer> refused) {
      return new SetupOutcome.Refused(
          subject, "status " + refused.status() + ": " + refused.detail());
    }
    return new SetupOutcome.Refused(subject, outcome.toString());
  }

  private SetupOutcome fromCache(Map<String, Schema> schemaBySubject, String why) {
    Adopted adopted = adopt(schemaBySubject);
    return adopted.missing().isEmpty()
        ? new SetupOutcome.ReadyFromCache(adopted.idBySubject(), why)
        : new SetupOutcome.Unavailable(adopted.missing(), why);
  }

  private SetupOutcome fromBundle(Map<String, Schema> schemaBySubject) {
    Adopted adopted = adopt(schemaBySubject);
    return adopted.missing().isEmpty()
        ? new SetupOutcome.Ready(adopted.idBySubject())
        : new SetupOutcome.Refused(
            adopted.missing().get(0), "there is no registry, and it is not in the bundled set");
  }

  private record Adopted(Map<String, Integer> idBySubject, List<String> missing) {}

  private Adopted adopt(Map<String, Schema> schemaBySubject) {
    Adopted adopted = new Adopted(new LinkedHashMap<>(), new ArrayList<>());
    schemaBySubject.forEach((subject, schema) -> {
      OptionalInt id = ids.adopt(subject, schema);
      if (id.isPresent()) {
        adopted.idBySubject().put(subject, id.getAsInt());
      } else {
        adopted.missing().add(subject);
      }
    });
    return adopted;
  }
}
