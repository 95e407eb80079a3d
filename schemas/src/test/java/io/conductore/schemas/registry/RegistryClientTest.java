package io.conductore.schemas.registry;

import static io.conductore.schemas.registry.FaultRegistry.cut;
import static io.conductore.schemas.registry.FaultRegistry.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.schemas.registry.RegistryClient.Versions;
import io.conductore.schemas.registry.RegistryOutcome.Incompatible;
import io.conductore.schemas.registry.RegistryOutcome.NotFound;
import io.conductore.schemas.registry.RegistryOutcome.Ok;
import io.conductore.schemas.registry.RegistryOutcome.Refused;
import io.conductore.schemas.registry.RegistryOutcome.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegistryClientTest {
  private static final String SUBJECT = "rig.activity-value";
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
  void shouldRegisterAtTheConfluentPathWithTheConfluentType() {
    // given
    server.then(reply(200, "{\"id\":7}"));
    RegistryConfig config = RegistryConfig.of(URI.create(server.url() + "/apis/ccompat/v7/"));
    // when
    RegistryOutcome<Integer> outcome = client(config).register("a/b c-value", Ping.SCHEMA$);
    // then
    assertThat(outcome).isEqualTo(new Ok<>(7));
    FaultRegistry.Request request = server.requests.get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/apis/ccompat/v7/subjects/a%2Fb%20c-value/versions");
    assertThat(request.contentType()).contains("application/vnd.schemaregistry.v1+json");
    assertThat(request.auth()).isEmpty();
    assertThat(request.body()).startsWith("{\"schema\":\"{\\\"type\\\":\\\"record\\\"");
  }

  @Test
  void shouldSendBasicCredentials() {
    // given
    server.always(reply(200, "{\"id\":7}"));
    // when
    client(config().withAuth(new RegistryAuth.Basic("rig", "päss"))).lookup(SUBJECT, Ping.SCHEMA$);
    // then
    assertThat(server.requests.get(0).auth()).contains("Basic cmlnOnDDpHNz");
  }

  @Test
  void shouldAskForTheBearerTokenAnewForEachAttempt() {
    // given
    server.then(reply(503, "{}"), reply(200, "{\"id\":7}"));
    Iterator<String> tokens = List.of("first\n", "second").iterator();
    // when
    client(config().withAuth(new RegistryAuth.Bearer(tokens::next))).lookup(SUBJECT, Ping.SCHEMA$);
    // then
    assertThat(server.requests)
        .extracting(FaultRegistry.Request::auth)
        .containsExactly(Optional.of("Bearer first"), Optional.of("Bearer second"));
  }

  @Test
  void shouldNotRepeatTheSecretWhenItFitsNoHeader() {
    // given
    RegistryAuth broken = new RegistryAuth.Bearer(() -> "to\nken");
    // when
    RegistryOutcome<Schema> outcome = client(config().withAuth(broken)).schemaById(1);
    // then
    assertThat(outcome).isInstanceOf(Unavailable.class);
    assertThat(outcome.toString()).contains("credential").doesNotContain("ken\"");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void shouldWaitAsToldWhenThereAreTooManyRequests() {
    // given
    server.then(reply(429, "{}", Map.of("Retry-After", "3")), reply(200, "{\"id\":7}"));
    // when
    RegistryOutcome<Integer> outcome = client().register(SUBJECT, Ping.SCHEMA$);
    // then
    assertThat(outcome).isEqualTo(new Ok<>(7));
    assertThat(clock.pauses).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void shouldUnderstandRetryAfterAsDate() {
    // given
    String date = "Mon, 23 Nov 2026 12:00:05 GMT";
    server.then(reply(429, "", Map.of("Retry-After", date)), reply(200, "{\"id\":7}"));
    // when
    RegistryOutcome<Integer> outcome = client().register(SUBJECT, Ping.SCHEMA$);
    // then
    assertThat(outcome).isEqualTo(new Ok<>(7));
    assertThat(clock.pauses).containsExactly(Duration.ofSeconds(5));
  }

  @Test
  void shouldGiveUpAtOnceWhenToldToWaitBeyondTheDeadline() {
    // given
    server.always(reply(429, "{}", Map.of("Retry-After", "120")));
    // when
    RegistryOutcome<Schema> outcome = client().schemaById(1);
    // then
    assertThat(outcome).isEqualTo(new Unavailable<>("status 429: {}", Duration.ofSeconds(120)));
    assertThat(clock.pauses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "soon", "", "99999999999999999999", "1e3"})
  void shouldSurviveNonsenseInRetryAfter(String value) {
    // given
    server.then(reply(503, "{}", Map.of("Retry-After", value))).always(reply(200, "{\"id\":7}"));
    // when
    RegistryOutcome<Integer> outcome = client().register(SUBJECT, Ping.SCHEMA$);
    // then
    assertThat(outcome).isInstanceOfAny(Ok.class, Unavailable.class);
  }

  @Test
  void shouldBackOffWithinTheDeadlineWhenTheServerKeepsFailing() {
    // given
    server.always(reply(500, "{\"error_code\":50001,\"message\":\"store\\nbroken\"}"));
    // when
    RegistryOutcome<Schema> outcome = client().schemaById(1);
    // then
    assertThat(outcome)
        .isEqualTo(new Unavailable<>("status 500: store broken", Duration.ofSeconds(1)));
    Duration waited = clock.pauses.stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isBetween(Duration.ofSeconds(11), Duration.ofSeconds(15));
    assertThat(server.requests).hasSizeBetween(8, 16);
  }

  @Test
  void shouldComeThroughWhenConnectionsAreCutAndAnswersAreGarbage() {
    // given
    server.then(cut(), reply(200, "<html>captive portal</html>"), reply(200, ""), cut());
    server.always(reply(200, "{\"id\":7}"));
    // when
    RegistryOutcome<Integer> outcome = client().register(SUBJECT, Ping.SCHEMA$);
    // then
    assertThat(outcome).isEqualTo(new Ok<>(7));
    assertThat(server.requests).hasSize(5);
  }

  @Test
  void shouldStopWaitingWhenHeadersOrBodyHang() {
    // given
    server.then(server.hang(), server.hangInBody()).always(reply(200, "{\"id\":7}"));
    RegistryConfig config = config().withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(15));
    // when
    RegistryOutcome<Integer> outcome = client(config).register(SUBJECT, Ping.SCHEMA$);
    // then
    assertThat(outcome).isEqualTo(new Ok<>(7));
    assertThat(server.requests).hasSize(3);
  }

  @Test
  void shouldKeepTheDeadlineByRealTimeWhenTheServerHangs() {
    // given
    server.always(server.hang());
    RegistryConfig config = config().withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(700));
    RegistryClient real =
        new RegistryClient(config, InstantSource.system(), Sleeper.REAL, new Random(1));
    long start = System.nanoTime();
    // when
    RegistryOutcome<Schema> outcome = real.schemaById(1);
    // then
    assertThat(outcome).isInstanceOf(Unavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void shouldDropAnAnswerThatIsTooLarge() {
    // given
    server.always(reply(200, "x".repeat(RegistryHttp.ANSWER_BYTES_MAX + 1)));
    // when
    RegistryOutcome<Schema> outcome = client().schemaById(1);
    // then
    assertThat(outcome).isInstanceOf(Unavailable.class);
    assertThat(outcome.toString()).contains("larger than 4194304 bytes");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void shouldFailOverAndRememberWhichDoorAnswered() {
    // given
    server.always(reply(200, "{\"id\":7}"));
    RegistryConfig config = RegistryConfig.of(URI.create("http://127.0.0.1:1"), server.url());
    RegistryClient client = client(config);
    // when
    RegistryOutcome<Integer> first = client.register(SUBJECT, Ping.SCHEMA$);
    RegistryOutcome<Integer> second = client.register(SUBJECT, Ping.SCHEMA$);
    // then
    assertThat(first).isEqualTo(new Ok<>(7));
    assertThat(second).isEqualTo(new Ok<>(7));
    assertThat(clock.pauses).allMatch(Duration::isZero).hasSize(1);
  }

  @Test
  void shouldCallMissingOnlyWhatTheRegistryItselfCallsMissing() {
    // given
    server.then(
        reply(404, "{\"error_code\":40403,\"message\":\"Schema 9 not found.\"}"),
        reply(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}"),
        reply(404, "<h1>nothing here</h1>"));
    // when
    List<RegistryOutcome<Schema>> outcomes =
        List.of(client().schemaById(9), client().schemaById(9), client().schemaById(9));
    // then
    assertThat(outcomes)
        .containsExactly(
            new NotFound<>("Schema 9 not found."),
            new Refused<>(404, 404, "HTTP 404 Not Found"),
            new Refused<>(404, 0, "<h1>nothing here</h1>"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403, 405, 422})
  void shouldSayRefusedAtOnceWhenRepeatingWouldNotHelp(int status) {
    // given
    String body = "{\"error_code\":%d,\"message\":\"no\"}".formatted(status * 100 + 1);
    server.always(reply(status, body, Map.of("Location", "http://127.0.0.1:1/")));
    // when
    RegistryOutcome<Integer> outcome = client().register(SUBJECT, Ping.SCHEMA$);
    // then
    assertThat(outcome).isEqualTo(new Refused<>(status, status * 100 + 1, "no"));
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void shouldSayIncompatibleWithTheRegistrysReason() {
    // given
    server.then(
        reply(409, "{\"error_code\":409,\"message\":\"type changed\"}"),
        reply(200, "{\"is_compatible\":false,\"messages\":[\"a\",\"b\"]}"),
        reply(200, "{\"is_compatible\":true}"));
    // when
    RegistryOutcome<Integer> registered = client().register(SUBJECT, Ping.SCHEMA$);
    RegistryOutcome<Schema> all = client().check(SUBJECT, Ping.SCHEMA$, Versions.ALL);
    RegistryOutcome<Schema> latest = client().check(SUBJECT, Ping.SCHEMA$, Versions.LATEST);
    // then
    assertThat(registered).isEqualTo(new Incompatible<>("type changed"));
    assertThat(all).isEqualTo(new Incompatible<>("a; b"));
    assertThat(latest).isEqualTo(new Ok<>(Ping.SCHEMA$));
    assertThat(server.requests)
        .extracting(FaultRegistry.Request::path)
        .endsWith(
            "/compatibility/subjects/rig.activity-value/versions?verbose=true",
            "/compatibility/subjects/rig.activity-value/versions/latest?verbose=true");
  }

  @Test
  void shouldReadAndSetTheCompatibilityRule() {
    // given
    server.then(
        reply(200, "{\"compatibilityLevel\":\"BACKWARD_TRANSITIVE\"}"),
        reply(200, "{\"compatibility\":\"NONE\"}"),
        reply(200, "{\"compatibility\":\"SIDEWAYS\"}"),
        reply(200, "{\"compatibility\":\"FULL\"}"));
    RegistryClient client = client();
    // then
    assertThat(client.compatibility(SUBJECT))
        .isEqualTo(new Ok<>(Compatibility.BACKWARD_TRANSITIVE));
    assertThat(client.compatibility(SUBJECT)).isEqualTo(new Ok<>(Compatibility.NONE));
    assertThat(client.compatibility(SUBJECT)).isInstanceOf(Refused.class);
    assertThat(client.setCompatibility(SUBJECT, Compatibility.FULL))
        .isEqualTo(new Ok<>(Compatibility.FULL));
    assertThat(server.requests.get(3).method()).isEqualTo("PUT");
    assertThat(server.requests.get(3).path()).isEqualTo("/config/rig.activity-value");
    assertThat(server.requests.get(3).body()).isEqualTo("{\"compatibility\":\"FULL\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schema\":\"{}\"}",
        "{\"schema\":7}",
        "[]",
        "null",
        "{\"schema\":\"{\\\"type\\\":\\\"object\\\"}\",\"schemaType\":\"JSON\"}"
      })
  void shouldSayUnusableWhenTheAnswerIsNoAvroSchema(String body) {
    // given
    server.always(reply(200, body));
    // when
    RegistryOutcome<Schema> outcome = client().schemaById(1);
    // then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.unusable()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"id\":0}", "{\"id\":-1}", "{\"id\":3000000000}", "{\"id\":\"7\"}"})
  void shouldRefuseAnswersWithoutUsableId(String body) {
    // given
    server.always(reply(200, body));
    // when
    RegistryOutcome<Integer> outcome = client().register(SUBJECT, Ping.SCHEMA$);
    // then
    assertThat(outcome).isInstanceOf(Refused.class);
  }

  @Test
  void shouldReturnAndStayInterruptedWhenTheThreadIsInterrupted() {
    // given
    server.always(server.hang());
    Thread.currentThread().interrupt();
    // when
    RegistryOutcome<Schema> outcome = client().schemaById(1);
    // then
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isInstanceOf(Unavailable.class);
  }

  private RegistryConfig config() {
    return RegistryConfig.of(server.url());
  }

  private RegistryClient client() {
    return client(config());
  }

  private RegistryClient client(RegistryConfig config) {
    return new RegistryClient(config, clock, clock, new Random(1));
  }
}
