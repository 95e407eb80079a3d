package io.conductore.schemas.registry;

import static io.conductore.schemas.registry.FaultRegistry.reply;
import static io.conductore.schemas.registry.SchemaIds.BUNDLED_ID_MIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.registry.FaultRegistry.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SchemaSetupTest {
  private static final String SUBJECT = "rig.activity-value";
  private static final Map<String, Schema> SCHEMAS = Map.of(SUBJECT, Ping.SCHEMA$);
  private static final Fault ABSENT = reply(404, "{\"error_code\":40401,\"message\":\"none\"}");
  private static final Fault RULE_SET =
      reply(200, "{\"compatibilityLevel\":\"BACKWARD_TRANSITIVE\"}");
  private static final Fault BROKEN = reply(503, "{}");

  @TempDir
  Path folder;

  private final SettableClock clock = new SettableClock();
  private FaultRegistry server;

  @BeforeEach
  void start() throws IOException {
    server = new FaultRegistry();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldSetTheRuleBeforeTheFirstVersionIsRegistered() throws IOException {
    // given
    server.then(ABSENT, RULE_SET, ABSENT, reply(200, "{\"id\":3}"));
    SchemaIds ids = ids();
    // when
    SetupOutcome outcome = new SchemaSetup(ids).run(SCHEMAS);
    // then
    assertThat(outcome).isEqualTo(new SetupOutcome.Ready(Map.of(SUBJECT, 3)));
    assertThat(ids.writerId(SUBJECT, Ping.SCHEMA$)).hasValue(3);
    assertThat(server.requests)
        .extracting(request -> request.method() + " " + request.path())
        .containsExactly(
            "GET /config/rig.activity-value",
            "PUT /config/rig.activity-value",
            "POST /subjects/rig.activity-value",
            "POST /subjects/rig.activity-value/versions");
    assertThat(server.requests.get(1).body()).contains("BACKWARD_TRANSITIVE");
  }

  @Test
  void shouldWriteNothingWhenAllIsAsItShouldBe() throws IOException {
    // given
    server.then(RULE_SET, reply(200, "{\"id\":3,\"version\":1}"));
    // when
    SetupOutcome outcome = new SchemaSetup(ids()).run(SCHEMAS);
    // then
    assertThat(outcome).isInstanceOf(SetupOutcome.Ready.class);
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void shouldTightenALaxRule() throws IOException {
    // given
    server.then(
        reply(200, "{\"compatibilityLevel\":\"NONE\"}"), RULE_SET, reply(200, "{\"id\":3}"));
    // when
    SetupOutcome outcome = new SchemaSetup(ids()).run(SCHEMAS);
    // then
    assertThat(outcome).isInstanceOf(SetupOutcome.Ready.class);
    assertThat(server.requests.get(1).method()).isEqualTo("PUT");
  }

  @Test
  void shouldStopWithAClearLineWhenIncompatible() throws IOException {
    // given
    server.then(RULE_SET, ABSENT, reply(409, "{\"error_code\":409,\"message\":\"count: INT\"}"));
    // when
    SetupOutcome outcome = new SchemaSetup(ids()).run(SCHEMAS);
    // then
    assertThat(outcome).isEqualTo(new SetupOutcome.Incompatible(SUBJECT, "count: INT"));
    assertThat(outcome.message())
        .isEqualTo("the schema of rig.activity-value breaks BACKWARD_TRANSITIVE: "
            + "records already written could not be read. count: INT");
  }

  @Test
  void shouldStopWhenTheRegistryRefuses() throws IOException {
    // given
    server.always(reply(403, "{\"error_code\":40301,\"message\":\"not yours\"}"));
    // when
    SetupOutcome outcome = new SchemaSetup(ids()).run(SCHEMAS);
    // then
    assertThat(outcome).isEqualTo(new SetupOutcome.Refused(SUBJECT, "status 403: not yours"));
  }

  @Test
  void shouldGoOnFromFilesWhenTheRegistryIsAway() throws IOException {
    // given
    server.then(RULE_SET, reply(200, "{\"id\":3}")).always(BROKEN);
    new SchemaSetup(ids()).run(SCHEMAS);
    SchemaIds restarted = ids();
    // when
    SetupOutcome outcome = new SchemaSetup(restarted).run(SCHEMAS);
    // then
    assertThat(outcome)
        .isEqualTo(new SetupOutcome.ReadyFromCache(Map.of(SUBJECT, 3), "status 503: {}"));
    assertThat(restarted.writerId(SUBJECT, Ping.SCHEMA$)).hasValue(3);
  }

  @Test
  void shouldNameWhatIsMissingWhenTheRegistryIsAwayAndFilesDoNotHaveIt() throws IOException {
    // given
    server.always(BROKEN);
    // when
    SetupOutcome outcome = new SchemaSetup(ids()).run(SCHEMAS);
    // then
    assertThat(outcome).isInstanceOf(SetupOutcome.Unavailable.class);
    assertThat(outcome.message()).contains("rig.activity-value").contains("503");
  }

  @Test
  void shouldStopWhenTheRegistryWasEmptiedAndGivesTheSameIdAgain() throws IOException {
    // given
    server.then(RULE_SET, reply(200, "{\"id\":3}"), RULE_SET, reply(200, "{\"id\":3}"));
    new SchemaSetup(ids()).run(SCHEMAS);
    // when
    SetupOutcome outcome =
        new SchemaSetup(ids()).run(Map.of("rig.lifecycle-value", Ping.brokenSchema()));
    // then
    assertThat(outcome).isInstanceOf(SetupOutcome.Conflict.class);
    assertThat(outcome.message()).contains("id 3").contains("emptied");
  }

  @Test
  void shouldUseBundledIdsWhenThereIsNoRegistry() {
    // given
    SchemaIds ids = SchemaIds.bundled(Map.of(BUNDLED_ID_MIN, Ping.SCHEMA$), SchemaFiles.none());
    // when
    SetupOutcome outcome = new SchemaSetup(ids).run(SCHEMAS);
    SetupOutcome foreign = new SchemaSetup(ids).run(Map.of("x-value", Ping.brokenSchema()));
    // then
    assertThat(outcome).isEqualTo(new SetupOutcome.Ready(Map.of(SUBJECT, BUNDLED_ID_MIN)));
    assertThat(foreign).isInstanceOf(SetupOutcome.Refused.class);
  }

  private SchemaIds ids() throws IOException {
    RegistryConfig config = RegistryConfig.of(server.url());
    RegistryClient client = new RegistryClient(config, clock, clock, new Random(1));
    return SchemaIds.of(client, Map.of(), SchemaFiles.in(folder), clock, clock);
  }
}
