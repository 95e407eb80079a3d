package io.conductore.schemas.registry;

import static io.conductore.schemas.registry.FaultRegistry.reply;
import static io.conductore.schemas.registry.SchemaIds.BUNDLED_ID_MIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.conductore.schemas.registry.FaultRegistry.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SchemaIdsTest {
  private static final String SUBJECT = "rig.activity-value";
  private static final Map<Integer, Schema> BUNDLED = Map.of(BUNDLED_ID_MIN, Ping.SCHEMA$);
  private static final Fault PING = reply(200, answerWith(Ping.SCHEMA$));
  private static final Fault ABSENT =
      reply(404, "{\"error_code\":40403,\"message\":\"Schema not found.\"}");
  private static final Fault BROKEN = reply(500, "{}");

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
  void shouldAskOnceForAnIdAndNeverAgain() throws IOException {
    // given
    server.always(PING);
    SchemaIds ids = ids();
    // when
    Resolved first = ids.resolve(7);
    Resolved second = ids.resolve(7);
    // then
    assertThat(first).isInstanceOf(Resolved.Known.class).isEqualTo(second);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void shouldKnowLearntIdsAfterOutageAndRestart() throws IOException {
    // given
    server.then(PING).always(BROKEN);
    ids().resolve(7);
    // when
    SchemaIds restarted = ids();
    // then
    assertThat(restarted.resolve(7)).isInstanceOf(Resolved.Known.class);
    assertThat(restarted.adopt(SUBJECT, Ping.SCHEMA$)).hasValue(7);
    assertThat(restarted.writerId(SUBJECT, Ping.SCHEMA$)).hasValue(7);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void shouldBelieveAbsentForAShortTimeOnly() throws IOException {
    // given
    server.then(ABSENT).always(PING);
    SchemaIds ids = ids();
    // when
    List<Resolved> soon = List.of(ids.resolve(7), ids.resolve(7), ids.resolve(7));
    int asked = server.requests.size();
    clock.advance(SchemaIds.UNKNOWN_KEPT);
    Resolved later = ids.resolve(7);
    // then
    assertThat(soon).allMatch(Resolved.Unknown.class::isInstance);
    assertThat(asked).isEqualTo(1);
    assertThat(later).isInstanceOf(Resolved.Known.class);
  }

  @Test
  void shouldNotAskAgainWhileTheRegistryIsKnownToBeAway() throws IOException {
    // given
    server.always(BROKEN);
    SchemaIds ids = ids();
    // when
    Resolved first = ids.resolve(7);
    int asked = server.requests.size();
    Resolved other = ids.resolve(8);
    // then
    assertThat(first).isInstanceOf(Resolved.Unavailable.class).isEqualTo(other);
    assertThat(server.requests).hasSize(asked);
  }

  @Test
  void shouldWaitForTheRegistryAndThenKnow() throws IOException {
    // given: pauses beyond the client's deadline, so that only the waiting itself asks again
    RegistryConfig config =
        RegistryConfig.of(server.url()).withBackoff(new Backoff(seconds(60), seconds(60)));
    server.then(BROKEN, BROKEN, BROKEN).always(PING);
    SchemaIds ids = ids(config);
    // when
    Resolved resolved = ids.await(7, Duration.ofSeconds(30));
    // then
    assertThat(resolved).isInstanceOf(Resolved.Known.class);
    assertThat(clock.pauses).containsExactly(seconds(1), seconds(1), seconds(1));
  }

  @Test
  void shouldStopWaitingWhenTheTimeIsUp() throws IOException {
    // given
    server.always(BROKEN);
    SchemaIds ids = ids();
    // when
    Resolved resolved = ids.await(7, Duration.ofSeconds(40));
    // then
    assertThat(resolved).isInstanceOf(Resolved.Unavailable.class);
    assertThat(waited()).isBetween(seconds(38), seconds(41));
  }

  @Test
  void shouldShareOneWaitWhenAThousandComeInARow() throws IOException {
    // given
    server.always(BROKEN);
    SchemaIds ids = ids();
    // when
    for (int n = 0; n < 1_000; n++) {
      assertThat(ids.await(7 + n % 500, seconds(30))).isInstanceOf(Resolved.Unavailable.class);
    }
    // then
    assertThat(waited()).isBetween(seconds(28), seconds(35));
  }

  @Test
  void shouldWaitAgainLaterOrWhenTheRegistryHasAnswered() throws IOException {
    // given
    server.always(BROKEN);
    SchemaIds ids = ids();
    ids.await(7, seconds(30));
    // when
    clock.advance(SchemaIds.WAITED_KEPT);
    ids.await(7, seconds(30));
    Duration later = waited();
    clock.advance(seconds(2));
    server.then(PING);
    ids.await(8, seconds(30));
    ids.await(9, seconds(30));
    // then
    assertThat(later).isBetween(seconds(56), seconds(70));
    assertThat(waited().minus(later)).isBetween(seconds(28), seconds(35));
  }

  @Test
  void shouldNotWaitWhenTheRegistryDoesNotHaveTheId() throws IOException {
    // given
    server.always(ABSENT);
    // when
    Resolved resolved = ids().await(7, Duration.ofSeconds(40));
    // then
    assertThat(resolved).isInstanceOf(Resolved.Unknown.class);
    assertThat(clock.pauses).isEmpty();
  }

  @Test
  void shouldNotGiveARecordUpWhenCredentialsOrPathAreWrong() throws IOException {
    // given
    server.then(reply(401, "{}"), reply(403, "{}"), reply(404, "<html>"), reply(302, ""));
    SchemaIds ids = ids();
    for (int n = 0; n < 4; n++) {
      // when
      Resolved resolved = ids.resolve(7);
      // then
      assertThat(resolved).isInstanceOf(Resolved.Unavailable.class);
    }
    assertThat(server.requests).hasSize(4);
  }

  @Test
  void shouldSayUnknownWhenTheIdIsNotAvro() throws IOException {
    // given
    server.always(reply(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}"));
    // when
    Resolved resolved = ids().resolve(7);
    // then
    assertThat(resolved).isInstanceOf(Resolved.Unknown.class);
  }

  @Test
  void shouldKnowBundledIdsInBothModesAndNeverAskForThem() throws IOException {
    // given
    server.always(PING);
    SchemaIds with = ids();
    SchemaIds without = SchemaIds.bundled(BUNDLED, SchemaFiles.none());
    // then
    for (SchemaIds ids : List.of(with, without)) {
      assertThat(ids.resolve(BUNDLED_ID_MIN)).isEqualTo(new Resolved.Known(Ping.SCHEMA$));
      assertThat(ids.resolve(BUNDLED_ID_MIN + 1)).isInstanceOf(Resolved.Unknown.class);
    }
    assertThat(server.requests).isEmpty();
  }

  @Test
  void shouldReadRegistryIdsWithoutRegistryWhenTheFolderHasThem() throws IOException {
    // given
    server.always(PING);
    ids().resolve(7);
    // when
    SchemaIds without = SchemaIds.bundled(BUNDLED, SchemaFiles.in(folder));
    // then
    assertThat(without.resolve(7)).isInstanceOf(Resolved.Known.class);
    assertThat(without.resolve(8)).isInstanceOf(Resolved.Unknown.class);
    assertThat(without.adopt(SUBJECT, Ping.SCHEMA$)).hasValue(BUNDLED_ID_MIN);
  }

  @Test
  void shouldRefuseIdsThatContradictWhatIsKnown() throws IOException {
    // given
    SchemaIds ids = ids();
    ids.learn(SUBJECT, 7, Ping.SCHEMA$);
    // when
    var other = ids.learn("other-value", 7, Ping.brokenSchema());
    var inBundledRange = ids.learn(SUBJECT, BUNDLED_ID_MIN + 5, Ping.SCHEMA$);
    var sameAgain = ids.learn(SUBJECT, 7, Ping.SCHEMA$);
    // then
    assertThat(other).isPresent();
    assertThat(inBundledRange).isPresent();
    assertThat(sameAgain).isEmpty();
    assertThat(ids.writerId("other-value", Ping.brokenSchema())).isEmpty();
    assertThat(ids.resolve(7)).isEqualTo(new Resolved.Known(Ping.SCHEMA$));
  }

  @Test
  void shouldRefuseBundledIdsBelowTheirRange() {
    Map<Integer, Schema> low = Map.of(7, Ping.SCHEMA$);
    assertThatThrownBy(() -> SchemaIds.bundled(low, SchemaFiles.none()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldAnswerAndReportTheFaultWhenTheFileCannotBeWritten() throws IOException {
    // given
    server.always(PING);
    Path gone = folder.resolve("gone");
    SchemaIds ids = ids(RegistryConfig.of(server.url()), SchemaFiles.in(gone));
    Files.delete(gone);
    // when
    Resolved resolved = ids.resolve(7);
    // then
    assertThat(resolved).isInstanceOf(Resolved.Known.class);
    assertThat(ids.fileFault()).isPresent();
  }

  @Test
  void shouldAskOnceWhenManyThreadsMeetANewIdTogether() throws Exception {
    // given
    server.always(PING);
    SchemaIds ids = ids();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    // when
    List<Future<Resolved>> answers = new ArrayList<>();
    for (int n = 0; n < 64; n++) {
      answers.add(threads.submit(() -> ids.resolve(7)));
    }
    // then
    for (Future<Resolved> answer : answers) {
      assertThat(answer.get()).isInstanceOf(Resolved.Known.class);
    }
    assertThat(server.requests).hasSize(1);
    threads.shutdown();
  }

  static String answerWith(Schema schema) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("schema", SchemaText.registered(schema))
        .toString();
  }

  private Duration waited() {
    return clock.pauses.stream().reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  private SchemaIds ids() throws IOException {
    return ids(RegistryConfig.of(server.url()));
  }

  private SchemaIds ids(RegistryConfig config) throws IOException {
    return ids(config, SchemaFiles.in(folder));
  }

  private SchemaIds ids(RegistryConfig config, SchemaFiles files) {
    RegistryClient client = new RegistryClient(config, clock, clock, new Random(1));
    return SchemaIds.of(client, BUNDLED, files, clock, clock);
  }
}
