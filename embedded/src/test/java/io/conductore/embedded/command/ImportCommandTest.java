package io.conductore.embedded.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ImportCommandTest {
  private static final String SESSION = """
      {"type":"assistant","sessionId":"s","timestamp":"2026-02-01T10:00:00Z",\
      "cwd":"/home/dev/shop","message":{"id":"m1","model":"claude-x","content":"hi",\
      "usage":{"input_tokens":1,"output_tokens":2}}}
      """;

  private static final String USE = """
      {"type":"assistant","sessionId":"s","timestamp":"2026-02-01T10:00:00Z",\
      "message":{"id":"m1","model":"m","content":[\
      {"type":"tool_use","id":"t1","name":"Bash","input":{}}]}}
      """;

  private static final String RESULT = """
      {"type":"user","sessionId":"s","timestamp":"2026-02-01T10:00:01Z",\
      "message":{"content":[{"type":"tool_result","tool_use_id":"t1","content":"ok"}]}}
      """;

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir
  private Path folder = Path.of(".");

  private final List<String> posted = Collections.synchronizedList(new ArrayList<>());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer api;

  @BeforeEach
  void startApi() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext("/", this::answer);
    api.start();
  }

  @AfterEach
  void stopApi() {
    api.stop(0);
  }

  @Test
  void shouldPostWhatTheFilesTellWhenTheApiAnswers() throws IOException {
    // given
    Files.writeString(folder.resolve("a.jsonl"), SESSION);
    Files.writeString(folder.resolve("hook-01-start.json"), "{}");

    // when
    int code = run(
        "--url", url(), "--agent", "dev-e", "--repo", "o/r", "--issue", "42", folder.toString());

    // then
    assertThat(code).as(err.toString()).isZero();
    assertThat(posted)
        .hasSize(2)
        .allMatch(line -> line.contains("\"agentId\":\"dev-e\""))
        .allMatch(line -> line.contains("\"repo\":\"o/r\"") && line.contains("\"issueNumber\":42"));
    assertThat(out.toString()).contains("1  TOKEN_USAGE", "1  TURN_COMPLETED", "delivered");
  }

  @Test
  void shouldPostTheSameWhenRunAgain() throws IOException {
    // given
    Files.writeString(folder.resolve("a.jsonl"), SESSION);

    // when
    run("--url", url(), folder.toString());
    run("--url", url() + "/", folder.resolve("a.jsonl").toString());

    // then
    assertThat(posted).hasSize(4);
    assertThat(posted.subList(2, 4)).isEqualTo(posted.subList(0, 2));
  }

  @Test
  void shouldPostWhatIsAppendedWhenItFollows() throws Exception {
    // given
    Path file = Files.writeString(folder.resolve("a.jsonl"), USE);
    Path state = folder.resolve("state.json");
    Thread following = Thread.ofVirtual()
        .start(
            () -> run("--url", url(), "--follow", "--state", state.toString(), folder.toString()));

    // when
    Awaitility.await().atMost(SOON).until(() -> Files.exists(state));
    Files.writeString(file, RESULT, StandardOpenOption.APPEND);

    // then
    Awaitility.await().atMost(SOON).until(() -> posted.size() == 1);
    assertThat(posted.getFirst()).contains("\"type\":\"TOOL_CALL\"");
    following.interrupt();
    following.join();
  }

  @Test
  void shouldSendNothingWhenTheRunIsDry() throws IOException {
    // given
    Files.writeString(folder.resolve("a.jsonl"), SESSION);

    // when
    int code = run("--dry-run", "--url", "http://127.0.0.1:1", folder.toString());

    // then
    assertThat(code).isZero();
    assertThat(posted).isEmpty();
    assertThat(out.toString()).contains("2  found", "dry run");
  }

  @Test
  void shouldSayHowToStartWhenNothingAnswers() throws IOException {
    // given
    String nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "http://127.0.0.1:" + socket.getLocalPort();
    }

    // when
    int code = run("--url", nobody, folder.toString());

    // then
    assertThat(code).isEqualTo(3);
    assertThat(err.toString().strip())
        .isEqualTo("rig: nothing answers at " + nobody + ": start it with ./rig up");
  }

  @Test
  void shouldListWhereWhenALineIsBroken() throws IOException {
    // given
    Files.writeString(folder.resolve("a.jsonl"), SESSION + "{broken\n");

    // when
    int code = run("--url", url(), folder.toString());

    // then
    assertThat(code).isZero();
    assertThat(err.toString()).contains("a.jsonl:2: not JSON");
    assertThat(posted).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--url=localhost:8080",
        "--repo=shop",
        "--repo=o/r#1",
        "--issue=0",
        "--agent=a b",
        "--issue=x"
      })
  void shouldRefuseWhenAnOptionIsWrong(String option) {
    // when
    int code = run(option, folder.toString());

    // then
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(option.substring(0, option.indexOf('=')));
  }

  private String url() {
    return "http://127.0.0.1:" + api.getAddress().getPort();
  }

  private int run(String... arguments) {
    return new CommandLine(new ImportCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (exchange.getRequestURI().getPath().equals("/api/events")) {
        body.lines().forEach(posted::add);
      }
      byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
