package io.conductore.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.registry.RegistryClient.Versions;
import io.conductore.schemas.registry.RegistryOutcome.Incompatible;
import io.conductore.schemas.registry.RegistryOutcome.NotFound;
import io.conductore.schemas.registry.RegistryOutcome.Ok;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same client against a real registry, through its death and return. */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApicurioRegistryTest {
  private static final String TOPIC = "rig.activity";
  private static final String SUBJECT = "rig.activity-value";
  private static final int UNKNOWN_ID = 987_654;

  @TempDir
  static Path data;

  private static ApicurioProcess registry;

  @BeforeAll
  static void start() throws IOException {
    registry = new ApicurioProcess(data);
    registry.start();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    registry.close();
  }

  @Test
  @Order(1)
  void shouldRegisterAndBeReadByAnotherProcess() throws IOException {
    // given
    SchemaIds writer = ids("writer");
    SetupOutcome setup = new SchemaSetup(writer).run(Map.of(SUBJECT, Ping.SCHEMA$));
    Ping ping = Ping.of("a", 1, List.of("x"));
    // when
    byte[] bytes = AvroCodec.forTopic(TOPIC, Ping.class, writer).encode(ping);
    Decoded<Ping> decoded = AvroCodec.reading(Ping.class, ids("reader")).decode(bytes);
    // then
    assertThat(setup).isInstanceOf(SetupOutcome.Ready.class);
    assertThat(decoded).isEqualTo(new Decoded.Value<>(ping));
    assertThat(client().compatibility(SUBJECT))
        .isEqualTo(new Ok<>(Compatibility.BACKWARD_TRANSITIVE));
  }

  @Test
  @Order(2)
  void shouldGiveTheSameIdAgainAndTellItFromAbsence() {
    // given
    RegistryClient client = client();
    // when
    RegistryOutcome<Integer> registered = client.register(SUBJECT, Ping.SCHEMA$);
    RegistryOutcome<Integer> looked = client.lookup(SUBJECT, Ping.SCHEMA$);
    // then
    assertThat(registered).isInstanceOf(Ok.class).isEqualTo(looked);
    assertThat(client.lookup("nobody-value", Ping.SCHEMA$)).isInstanceOf(NotFound.class);
    assertThat(client.lookup(SUBJECT, Ping.nextSchema())).isInstanceOf(NotFound.class);
    assertThat(client.schemaById(UNKNOWN_ID)).isInstanceOf(NotFound.class);
    assertThat(client.compatibility("nobody-value")).isInstanceOf(NotFound.class);
  }

  @Test
  @Order(3)
  void shouldRefuseAnIncompatibleSchemaAndTakeACompatibleOne() throws IOException {
    // given
    RegistryClient client = client();
    // when
    SetupOutcome broken = new SchemaSetup(ids("writer")).run(Map.of(SUBJECT, Ping.brokenSchema()));
    SetupOutcome next = new SchemaSetup(ids("writer")).run(Map.of(SUBJECT, Ping.nextSchema()));
    // then
    assertThat(broken)
        .isInstanceOfSatisfying(
            SetupOutcome.Incompatible.class,
            outcome -> assertThat(outcome.message()).contains(SUBJECT, "/fields/1/type"));
    int first = id(client.lookup(SUBJECT, Ping.SCHEMA$));
    assertThat(next)
        .isInstanceOfSatisfying(
            SetupOutcome.Ready.class,
            ready -> assertThat(ready.idBySubject().get(SUBJECT)).isNotEqualTo(first));
    for (Versions versions : Versions.values()) {
      assertThat(client.check(SUBJECT, Ping.brokenSchema(), versions))
          .isInstanceOf(Incompatible.class);
      assertThat(client.check(SUBJECT, Ping.nextSchema(), versions)).isInstanceOf(Ok.class);
    }
  }

  @Test
  @Order(4)
  void shouldReadOldAndNewRecordsWithTheOldReader() throws IOException {
    // given
    RegistryClient client = client();
    byte[] next = AvroCodecTest.written(
        id(client.lookup(SUBJECT, Ping.nextSchema())), Ping.nextRecord("b", "note"));
    // when
    Decoded<Ping> decoded = AvroCodec.reading(Ping.class, ids("reader")).decode(next);
    // then
    assertThat(decoded).isInstanceOf(Decoded.Value.class);
  }

  @Test
  @Order(5)
  void shouldLiveThroughAnOutageAndARestart() throws Exception {
    // given
    Map<String, Schema> schemas = Map.of(SUBJECT, Ping.SCHEMA$);
    SchemaIds before = ids("outage");
    new SchemaSetup(before).run(schemas);
    byte[] known = AvroCodec.forTopic(TOPIC, Ping.class, before).encode(Ping.of("a", 1, List.of()));
    // when: the registry dies and we start again without it
    registry.kill();
    SchemaIds after = ids("outage");
    SetupOutcome setup = new SchemaSetup(after).run(schemas);
    AvroCodec<Ping> codec = AvroCodec.forTopic(TOPIC, Ping.class, after);
    byte[] unknown = WireFormat.header(UNKNOWN_ID);
    long start = System.nanoTime();
    Decoded<Ping> waited = codec.decode(unknown, Duration.ofSeconds(3));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    // then: cached ids go on, the unknown one waits and then says so
    assertThat(setup).isInstanceOf(SetupOutcome.ReadyFromCache.class);
    assertThat(codec.decode(known)).isInstanceOf(Decoded.Value.class);
    assertThat(codec.encode(Ping.of("b", 2, List.of()))).isNotEmpty();
    assertThat(waited).isInstanceOf(Decoded.RegistryAway.class);
    assertThat(took).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(8));
    // when: it comes back with its data
    registry.start();
    Decoded<Ping> answered = codec.decode(unknown, Duration.ofSeconds(30));
    // then
    assertThat(answered).isInstanceOf(Decoded.UnknownSchema.class);
    assertThat(new SchemaSetup(ids("fresh")).run(schemas)).isInstanceOf(SetupOutcome.Ready.class);
    assertThat(AvroCodec.reading(Ping.class, ids("reader2")).decode(known))
        .isInstanceOf(Decoded.Value.class);
  }

  private static int id(RegistryOutcome<Integer> outcome) {
    return ((Ok<Integer>) outcome).value();
  }

  private static RegistryClient client() {
    RegistryConfig config = RegistryConfig.of(registry.url())
        .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20));
    return new RegistryClient(config);
  }

  private static SchemaIds ids(String process) throws IOException {
    RegistryConfig config = RegistryConfig.of(registry.url())
        .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
    InstantSource time = InstantSource.system();
    return SchemaIds.of(
        new RegistryClient(config, time, Sleeper.REAL, new Random(1)),
        Map.of(),
        SchemaFiles.in(data.resolve(process)),
        time,
        Sleeper.REAL);
  }
}
