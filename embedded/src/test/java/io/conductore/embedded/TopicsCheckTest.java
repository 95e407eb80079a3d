package io.conductore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.embedded.broker.EmbeddedBroker;
import io.conductore.schemas.Log;
import io.conductore.schemas.TopicSpec;
import io.conductore.schemas.Topics;
import io.conductore.topology.runtime.TopicsCheck;
import io.conductore.topology.runtime.TopicsCheck.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Missing topics are created from the table; what exists is compared with it and never changed. */
class TopicsCheckTest {
  private static final short ONE_REPLICA = 1;

  @TempDir
  Path folder;

  private EmbeddedBroker broker;
  private Admin admin;

  @BeforeEach
  void open() {
    broker = EmbeddedBroker.start(folder, EmbeddedBroker.ANY_PORT);
    admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
  }

  @AfterEach
  void close() {
    admin.close();
    broker.close();
  }

  @Test
  void shouldCreateEveryTopicOnceWhenThereAreNone() throws Exception {
    // given
    TopicsCheck check = new TopicsCheck(admin, ONE_REPLICA);

    // when
    Outcome first = check.run();
    Outcome second = check.run();

    // then
    List<String> all = Topics.all().stream().map(TopicSpec::name).toList();
    assertThat(first).isEqualTo(new Outcome.Ready(all));
    assertThat(second).isEqualTo(new Outcome.Ready(List.of()));
    assertThat(created(Log.ACTIVITY.topic()))
        .containsAllEntriesOf(spec(Log.ACTIVITY.topic()).config());
  }

  @Test
  void shouldCreateOnlyWhatIsMissingWhenSomeTopicsExist() throws Exception {
    // given
    create(spec(Topics.INGRESS), Topics.LOG_PARTITIONS);

    // when
    Outcome outcome = new TopicsCheck(admin, ONE_REPLICA).run();

    // then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Ready.class,
            ready -> assertThat(ready.created())
                .hasSize(Topics.all().size() - 1)
                .doesNotContain(Topics.INGRESS));
  }

  @Test
  void shouldRefuseAndChangeNothingWhenPartitionsDiffer() throws Exception {
    // given
    create(spec(Log.ACTIVITY.topic()), Topics.LOG_PARTITIONS + 1);

    // when
    Outcome outcome = new TopicsCheck(admin, ONE_REPLICA).run();

    // then
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Mismatch(List.of("rig.activity has 5 partitions, the table says 4")));
    assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS))
        .containsExactly(Log.ACTIVITY.topic());
  }

  @Test
  void shouldRefuseWhenALogWouldBeCompacted() throws Exception {
    // given
    create(spec(Log.LIFECYCLE.topic()), Topics.LOG_PARTITIONS);
    set(Log.LIFECYCLE.topic(), "cleanup.policy", "compact");

    // when
    Outcome outcome = new TopicsCheck(admin, ONE_REPLICA).run();

    // then
    assertThat(outcome)
        .isEqualTo(new Outcome.Mismatch(
            List.of("rig.lifecycle has cleanup.policy compact, the table says delete")));
  }

  @Test
  void shouldRefuseWhenALogWouldForgetOrALetterWouldNotFit() throws Exception {
    // given
    new TopicsCheck(admin, ONE_REPLICA).run();
    set(Log.ACTIVITY.topic(), "retention.ms", "604800000");
    set(Topics.DLQ_ACTIVITY, "max.message.bytes", "1000");

    // when
    Outcome outcome = new TopicsCheck(admin, ONE_REPLICA).run();

    // then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Mismatch.class,
            mismatch -> assertThat(mismatch.differences())
                .hasSize(2)
                .contains("rig.activity has retention.ms 604800000, the table says -1")
                .anyMatch(line -> line.startsWith("rig.dlq.activity has max.message.bytes 1000")));
  }

  @Test
  void shouldBeReadyWhenMoreIsKeptThanTheTableAsksFor() throws Exception {
    // given
    new TopicsCheck(admin, ONE_REPLICA).run();
    set(Topics.INGRESS, "retention.ms", "-1");
    set(Topics.DLQ_INTAKE, "retention.ms", "99999999999");
    set(Log.LIFECYCLE.topic(), "max.message.bytes", "4000000");

    // when
    Outcome outcome = new TopicsCheck(admin, ONE_REPLICA).run();

    // then
    assertThat(outcome).isEqualTo(new Outcome.Ready(List.of()));
  }

  @Test
  void shouldLeaveRoomForTheReasonWhenALetterIsAsLargeAsARecordMayBe() throws Exception {
    // given
    new TopicsCheck(admin, ONE_REPLICA).run();

    // when
    long record = Long.parseLong(created(Log.ACTIVITY.topic()).get("max.message.bytes"));
    long letter = Long.parseLong(created(Topics.DLQ_ACTIVITY).get("max.message.bytes"));

    // then
    assertThat(letter).isGreaterThan(record + 4_096);
  }

  private void create(TopicSpec spec, int partitions) throws Exception {
    NewTopic topic = new NewTopic(spec.name(), Optional.of(partitions), Optional.of(ONE_REPLICA))
        .configs(spec.config());
    admin.createTopics(List.of(topic)).all().get(10, TimeUnit.SECONDS);
  }

  private void set(String topic, String name, String value) throws Exception {
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    admin
        .incrementalAlterConfigs(Map.of(resource(topic), List.of(set)))
        .all()
        .get(10, TimeUnit.SECONDS);
    // The controller acknowledges before the broker that we ask has read the change.
    Awaitility.await().until(() -> value.equals(created(topic).get(name)));
  }

  private Map<String, String> created(String topic) throws Exception {
    Map<String, String> values = new java.util.HashMap<>();
    admin
        .describeConfigs(List.of(resource(topic)))
        .all()
        .get(10, TimeUnit.SECONDS)
        .get(resource(topic))
        .entries()
        .forEach(entry -> values.put(entry.name(), entry.value()));
    return values;
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static TopicSpec spec(String name) {
    return Topics.all().stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
