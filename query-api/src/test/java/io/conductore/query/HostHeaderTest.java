package io.conductore.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that was made to mean this machine (DNS rebinding) reaches nothing. */
class HostHeaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/app.js", "/api/agents", "/metrics", "/healthz/live", "/nowhere"})
  void shouldServeNothingWhenTheHostIsAnothers(String path) throws Exception {
    // given
    try (RunningApi running = new RunningApi()) {
      // when
      String answer = ask(running, path, "rebound.example:" + running.api().port());

      // then
      assertThat(answer).startsWith("HTTP/1.1 421 ");
      assertThat(answer).contains("application/problem+json", "/problems/misdirected");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1.rebound.example",
        "localhost.rebound.example",
        "rebound.example:80",
        "localhost@rebound.example",
        "10.0.0.1",
        "[::2]:80",
        "localhost:80:80",
        "::1"
      })
  void shouldNotBeFooledByNamesThatLookLikeOurs(String host) throws Exception {
    // given
    try (RunningApi running = new RunningApi()) {
      // when
      String answer = ask(running, "/healthz/live", host);

      // then
      assertThat(answer).matches("(?s)HTTP/1.1 4(00|21) .*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost:9", "127.0.0.1", "127.0.0.1:80", "[::1]:8080"})
  void shouldServeWhenTheHostIsThisMachine(String host) throws Exception {
    // given
    try (RunningApi running = new RunningApi()) {
      // when
      String answer = ask(running, "/healthz/live", host);

      // then
      assertThat(answer).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void shouldTakeTheNameThatItWasBoundTo() throws Exception {
    // given
    try (RunningApi running = new RunningApi("127.0.0.2")) {
      // when
      String answer = ask("127.0.0.2", running, "/healthz/live", "127.0.0.2:1");

      // then
      assertThat(answer).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void shouldTakeAnyNameWhenItListensBeyondLoopback() throws Exception {
    // given
    try (RunningApi running = new RunningApi("0.0.0.0")) {
      // when
      String answer = ask(running, "/healthz/live", "rig.example");

      // then
      assertThat(answer).startsWith("HTTP/1.1 200 ");
    }
  }

  private static String ask(RunningApi running, String path, String host) throws IOException {
    return ask("127.0.0.1", running, path, host);
  }

  /** By hand, because Java's client writes the Host header itself. */
  private static String ask(String address, RunningApi running, String path, String host)
      throws IOException {
    try (Socket socket = new Socket(address, running.api().port())) {
      String request = "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
      socket
          .getOutputStream()
          .write(request.formatted(path, host).getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
