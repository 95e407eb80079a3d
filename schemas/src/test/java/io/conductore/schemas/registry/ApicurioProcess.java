package io.conductore.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A real Apicurio Registry as a child process with its database in a folder, so that it can come
 * back.
 */
final class ApicurioProcess implements AutoCloseable {
  private final Path data;
  private final int port;
  private Process process;

  ApicurioProcess(Path data) throws IOException {
    this.data = data;
    this.port = freePort();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
  }

  void start() throws IOException {
    process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=" + freePort(),
            "-Dapicurio.storage.kind=sql",
            "-Dapicurio.storage.sql.kind=h2",
            "-Dapicurio.datasource.url=jdbc:h2:file:" + data.resolve("registry"),
            "-jar",
            home().resolve("quarkus-run.jar").toString())
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(data.resolve("registry.log").toFile()))
        .start();
    await().atMost(Duration.ofSeconds(90)).until(() -> !process.isAlive() || answers());
    assertThat(process.isAlive())
        .as(Files.readString(data.resolve("registry.log")))
        .isTrue();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      kill();
    }
  }

  private boolean answers() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
        .timeout(Duration.ofSeconds(5))
        .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path home() {
    String home = System.getProperty("RIG_REGISTRY_HOME", System.getenv("RIG_REGISTRY_HOME"));
    assertThat(home)
        .as("RIG_REGISTRY_HOME is not set: run ./rig test, which fetches the registry, or set it to"
            + " the folder of an unpacked Apicurio Registry that holds quarkus-run.jar")
        .isNotBlank();
    Path folder = Path.of(home);
    assertThat(folder.resolve("quarkus-run.jar"))
        .as("RIG_REGISTRY_HOME must be the folder that holds quarkus-run.jar")
        .exists();
    return folder;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
