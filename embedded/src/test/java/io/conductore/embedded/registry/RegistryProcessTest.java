package io.conductore.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.conductore.embedded.net.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real registry, because what matters here is what it does when it is killed. */
class RegistryProcessTest {
  private static final Duration READY_TIME_MAX = Duration.ofSeconds(120);
  private static final Duration END_TIME_MAX = Duration.ofSeconds(20);

  @TempDir
  private Path folder;

  @BeforeAll
  static void shouldHaveARegistryWhenTestsRun() {
    assertThat(System.getProperty("RIG_REGISTRY_HOME", System.getenv("RIG_REGISTRY_HOME")))
        .as("RIG_REGISTRY_HOME must name the folder of an unpacked registry; ./rig test sets it")
        .isNotBlank();
  }

  @Test
  void shouldKeepItsIdsWhenItIsKilledRightAfterGivingThemOut() throws Exception {
    // given
    var first = RegistryProcess.start(settings(home()));
    assertThat(first.awaitReady(READY_TIME_MAX)).isInstanceOf(RegistryStart.Ready.class);
    var answer = register(first, "a-value", "A");

    // when
    ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
    await().atMost(END_TIME_MAX).until(() -> !first.isAlive());

    // then
    try (var second = RegistryProcess.start(settings(home()))) {
      assertThat(second.awaitReady(READY_TIME_MAX)).isInstanceOf(RegistryStart.Ready.class);
      assertThat(register(second, "a-value", "A")).isEqualTo(answer);
      assertThat(register(second, "b-value", "B")).isNotEqualTo(answer);
    }
  }

  @Test
  void shouldEndWhenItsParentIsKilled() throws Exception {
    // given
    var parent = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            RegistryHolder.class.getName(),
            home().toString(),
            folder.toString(),
            Integer.toString(Ports.free()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    var pid = parent.inputReader(StandardCharsets.UTF_8).readLine();
    var registry = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

    // when
    parent.destroyForcibly();

    // then
    await().atMost(END_TIME_MAX).until(() -> !registry.isAlive());
  }

  @Test
  void shouldEndALeftoverWhenItStartsOnTheSameFolder() {
    // given
    var leftover = RegistryProcess.start(settings(home()));

    // when
    try (var next = RegistryProcess.start(settings(home()))) {

      // then
      assertThat(leftover.isAlive()).isFalse();
      assertThat(next.isAlive()).isTrue();
    }
  }

  @Test
  void shouldLeaveAStrangerAloneWhenThePidFileIsStale() throws Exception {
    // given
    var settings = settings(home());
    var stranger = new ProcessBuilder("sleep", "60").start();
    Files.createDirectories(settings.folder());
    Files.writeString(settings.pidFile(), Long.toString(stranger.pid()));

    // when
    RegistryProcess.endLeftover(settings);

    // then
    assertThat(stranger.isAlive()).isTrue();
    assertThat(settings.pidFile()).doesNotExist();
    stranger.destroyForcibly();
  }

  @Test
  void shouldShowTheLastLinesWhenItCannotStart() throws Exception {
    // given
    var nothing = Files.createDirectories(folder.resolve("empty"));

    // when
    try (var process = RegistryProcess.start(settings(nothing))) {
      var outcome = process.awaitReady(READY_TIME_MAX);

      // then
      assertThat(outcome).isInstanceOfSatisfying(RegistryStart.Failed.class, failed -> {
        assertThat(failed.why()).isEqualTo("it ended with status 1");
        assertThat(failed.lastLines()).anyMatch(line -> line.contains("ClassNotFoundException"));
      });
    }
  }

  private static Path home() {
    return Path.of(Objects.requireNonNull(
        System.getProperty("RIG_REGISTRY_HOME", System.getenv("RIG_REGISTRY_HOME"))));
  }

  private RegistrySettings settings(Path home) {
    return new RegistrySettings(
        home, folder.resolve("data"), folder.resolve("registry.log"), Ports.free());
  }

  private static String register(RegistryProcess registry, String subject, String name)
      throws Exception {
    var schema =
        "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"%s\\\",\\\"fields\\\":[]}\"}"
            .formatted(name);
    var request = HttpRequest.newBuilder(
            URI.create(registry.address() + "/subjects/" + subject + "/versions"))
        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
        .POST(HttpRequest.BodyPublishers.ofString(schema))
        .build();
    try (var client = HttpClient.newHttpClient()) {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return response.body();
    }
  }
}
