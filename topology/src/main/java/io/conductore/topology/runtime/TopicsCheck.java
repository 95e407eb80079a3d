package io.conductore.topology.runtime;

import io.conductore.schemas.TopicSpec;
import io.conductore.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that are missing and compares the others with the table. Changes nothing that
 * exists.
 */
public final class TopicsCheck {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** An operator may keep more and take larger records; less would lose events or stop a stage. */
  private static final Set<String> AT_LEAST = Set.of("retention.ms", "max.message.bytes");

  private final Admin admin;
  private final short replication;

  /** What the check came to. */
  public sealed interface Outcome {
    /** Go on. */
    record Ready(List<String> created) implements Outcome {}

    /** An existing topic is not what the table says; a person must decide, so do not start. */
    record Mismatch(List<String> differences) implements Outcome {}

    /** The broker did not answer; try again or say so. */
    record Unavailable(String why) implements Outcome {}
  }

  public TopicsCheck(Admin admin, short replication) {
    this.admin = admin;
    this.replication = replication;
  }

  public Outcome run() throws InterruptedException {
    try {
      Set<String> existing =
          admin.listTopics().names().get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      List<String> differences = new ArrayList<>();
      Map<Boolean, List<TopicSpec>> byExistence = Topics.all().stream()
          .collect(Collectors.partitioningBy(spec -> existing.contains(spec.name())));
      compare(byExistence.getOrDefault(true, List.of()), differences);
      if (!differences.isEmpty()) {
        return new Outcome.Mismatch(differences);
      }
      List<TopicSpec> missing = byExistence.getOrDefault(false, List.of());
      create(missing);
      return new Outcome.Ready(missing.stream().map(TopicSpec::name).toList());
    } catch (ExecutionException failed) {
      return new Outcome.Unavailable(String.valueOf(failed.getCause()));
    } catch (TimeoutException late) {
      return new Outcome.Unavailable("no answer within " + DEADLINE.toSeconds() + " s");
    }
  }

  private void create(List<TopicSpec> missing)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<NewTopic> topics = missing.stream()
        .map(spec ->
            new NewTopic(spec.name(), spec.partitions(), replication).configs(spec.config()))
        .toList();
    try {
      admin.createTopics(topics).all().get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      // Another instance was quicker; it created them from the same table.
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw failed;
      }
    }
  }

  private void compare(List<TopicSpec> specs, List<String> differences)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<String> names = specs.stream().map(TopicSpec::name).toList();
    Map<String, TopicDescription> topics =
        admin.describeTopics(names).allTopicNames().get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    Map<String, Config> configs = configs(names);
    for (TopicSpec spec : specs) {
      TopicDescription topic = topics.get(spec.name());
      int partitions = topic == null ? 0 : topic.partitions().size();
      if (partitions != spec.partitions()) {
        differences.add("%s has %d partitions, the table says %d"
            .formatted(spec.name(), partitions, spec.partitions()));
      }
      Config config = configs.get(spec.name());
      if (config != null) {
        compare(spec, config, differences);
      }
    }
  }

  private static void compare(TopicSpec spec, Config config, List<String> differences) {
    new TreeMap<>(spec.config()).forEach((name, wanted) -> {
      String found = config.get(name).value();
      if (!found.equals(wanted) && !(AT_LEAST.contains(name) && isMore(found, wanted))) {
        differences.add(
            "%s has %s %s, the table says %s".formatted(spec.name(), name, found, wanted));
      }
    });
  }

  /** True when more is kept or taken than the table asks for; -1 is without end. */
  private static boolean isMore(String found, String wanted) {
    long foundNumber = Long.parseLong(found);
    long wantedNumber = Long.parseLong(wanted);
    return foundNumber < 0 || (wantedNumber >= 0 && foundNumber >= wantedNumber);
  }

  private Map<String, Config> configs(List<String> names)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<ConfigResource> resources = names.stream()
        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
        .toList();
    Map<String, Config> configs = new HashMap<>();
    admin
        .describeConfigs(resources)
        .all()
        .get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .forEach((resource, config) -> configs.put(resource.name(), config));
    return configs;
  }
}
