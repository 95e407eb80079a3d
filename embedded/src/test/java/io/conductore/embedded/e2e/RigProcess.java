package io.conductore.embedded.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** `rig up` in a process of its own, on free ports; can be stopped, killed, and started again. */
final class RigProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration READY_MAX = Duration.ofSeconds(90);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
  private static final int TOO_EARLY = 503;

  private final Path data;
  private final List<String> options;
  private final int port;
  private final int kafkaPort;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private Process process;

  private RigProcess(Path data, int port, int kafkaPort, List<String> options) throws IOException {
    this.data = data;
    this.options = options;
    this.port = port;
    this.kafkaPort = kafkaPort;
    this.process = launch();
  }

  /** Returns when the API says that it is ready. */
  static RigProcess start(Path data, String... options) throws IOException {
    RigProcess rig = new RigProcess(data, freePort(), freePort(), List.of(options));
    rig.awaitReady();
    return rig;
  }

  String bootstrapServers() {
    return "127.0.0.1:" + kafkaPort;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(ANSWER_MAX);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Comes again while the answer is that it is too early, as every client should. */
  JsonNode json(String path, String... headers) throws Exception {
    HttpResponse<String> answer = Awaitility.await(path)
        .atMost(ANSWER_MAX)
        .until(() -> get(path, headers), early -> early.statusCode() != TOO_EARLY);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answered " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  HttpResponse<String> post(String body, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri("/api/events"))
        .timeout(ANSWER_MAX)
        .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A write to another route than that of events. */
  HttpResponse<String> send(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
        .timeout(ANSWER_MAX)
        .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** As a power cut would: no hook runs. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  /** As Ctrl-C would; false when it does not stop in time. */
  boolean stop(Duration atMost) throws InterruptedException {
    process.destroy();
    return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  void startAgain() throws IOException {
    process = launch();
    awaitReady();
  }

  @Override
  public void close() {
    client.close();
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** What another command said and ended with. */
  record Said(int status, String text) {}

  /** Another command of ours, in a process of its own as well. */
  Said run(String... arguments) throws Exception {
    return run(data, arguments);
  }

  static Said run(Path data, String... arguments) throws Exception {
    Path output = Files.createTempFile(data, "command", ".out");
    Process command = new ProcessBuilder(commandLine(List.of(arguments)))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    return new Said(command.waitFor(), Files.readString(output));
  }

  /** The folder given as --data. */
  Path folder() {
    return data.resolve("rig");
  }

  private void awaitReady() {
    Awaitility.await("ready, see " + data + "/test-output.log")
        .atMost(READY_MAX)
        .pollInterval(Duration.ofMillis(100))
        .until(this::isReady);
  }

  private boolean isReady() throws Exception {
    if (!process.isAlive()) {
      throw new AssertionError("rig ended: " + Files.readString(data.resolve("test-output.log")));
    }
    try {
      return get("/healthz/ready").statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  private Process launch() throws IOException {
    Files.createDirectories(data);
    List<String> arguments = new ArrayList<>(List.of(
        "up",
        "--no-registry",
        "--data",
        folder().toString(),
        "--port",
        "" + port,
        "--kafka-port",
        "" + kafkaPort));
    arguments.addAll(options);
    List<String> command = commandLine(arguments);
    File output = data.resolve("test-output.log").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
        .start();
  }

  private static List<String> commandLine(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "--enable-native-access=ALL-UNNAMED"));
    // It lives for seconds, and C2 would take most of a core for half a minute.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("io.conductore.embedded.Rig");
    command.addAll(arguments);
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
