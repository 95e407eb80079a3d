package io.conductore.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.query.auth.Access;
import io.conductore.query.http.HttpLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every route of the table with a body too large, headers too large, and a body that does not come:
 * a problem or a closed connection, never a 5xx of ours, and never a hang.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteLimitsTest {
  private static final int HANG_MS_MAX = 10_000;
  private static final int CUT = 0;

  /** Short, so that a slow body is late at once; the server's own is thirty seconds. */
  private static final HttpLimits SHORT =
      new HttpLimits(Duration.ofMillis(300), Duration.ofMillis(600));

  private final RunningApi running =
      new RunningApi(new Access.Off("loopback only"), InstantSource.system(), SHORT);

  /** Status 0 when the connection was closed without an answer. */
  private record Answer(String route, int status, String text) {}

  @AfterAll
  void stop() {
    running.close();
  }

  @Test
  void shouldRefuseABodyThatSaysItIsTooLarge() throws Exception {
    // when
    List<Answer> answers = ask("Content-Length: 4194305\r\n\r\n{\"a\":");

    // then
    assertThat(answers).allSatisfy(answer -> {
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.text()).contains("/problems/body-too-large", "Connection: close");
    });
  }

  @Test
  void shouldRefuseABodyThatTurnsOutToBeTooLarge() throws Exception {
    // given
    String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";

    // when
    List<Answer> answers = ask("Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(40));

    // then
    assertThat(answers).allSatisfy(answer -> {
      boolean reads = answer.route().startsWith("GET");
      assertThat(answer.status()).isIn(reads ? 400 : 413, CUT, starting(answer));
      assertThat(answer.status() == CUT || answer.text().contains("/problems/")).isTrue();
    });
  }

  @Test
  void shouldRefuseHeadersThatAreTooLarge() throws Exception {
    // when
    List<Answer> answers = ask("X-Large: " + "y".repeat(17_000) + "\r\n\r\n");

    // then
    assertThat(answers).allSatisfy(answer -> {
      assertThat(answer.status()).isEqualTo(431);
      assertThat(answer.text()).contains("/problems/headers-too-large");
    });
  }

  @Test
  void shouldNotWaitForABodyThatDoesNotCome() throws Exception {
    // when
    List<Answer> answers = ask("Content-Length: 100\r\n\r\n{\"type\":");

    // then
    assertThat(answers).allSatisfy(answer -> {
      boolean reads = answer.route().startsWith("GET");
      assertThat(answer.status()).isIn(reads ? 400 : 408, CUT, starting(answer));
      assertThat(answer.status() == CUT || answer.text().contains("/problems/")).isTrue();
    });
  }

  @Test
  void shouldNotWaitForHeadersThatDoNotCome() throws Exception {
    // when
    List<Answer> answers = ask("X-Slow: ");

    // then
    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(CUT, 408));
  }

  @Test
  void shouldRefuseABodyWhereNobodyReadsOne() throws Exception {
    // when
    List<Answer> answers = ask("Content-Length: 2\r\n\r\n{}");

    // then
    assertThat(answers)
        .filteredOn(answer -> answer.route().startsWith("GET"))
        .isNotEmpty()
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(400);
          assertThat(answer.text()).contains("/problems/body-not-expected");
        });
  }

  /** A write is refused before its body is read when nothing runs behind the API. */
  private static int starting(Answer answer) {
    return answer.text().contains("/problems/starting") ? 503 : CUT;
  }

  private List<Answer> ask(String rest) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (String route : running.api().routeTable()) {
      String[] parts = route.split(" ");
      String path = parts[1].replaceAll("\\{[^}]*}", "1");
      String head =
          parts[0] + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + rest;
      answers.add(exchange(route, head.getBytes(StandardCharsets.US_ASCII)));
    }
    return answers;
  }

  private Answer exchange(String route, byte[] request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", running.api().port()), HANG_MS_MAX);
      socket.setSoTimeout(HANG_MS_MAX);
      send(socket.getOutputStream(), request);
      String text = receive(socket.getInputStream());
      boolean answered = text.startsWith("HTTP/1.1 ");
      return new Answer(route, answered ? Integer.parseInt(text.substring(9, 12)) : CUT, text);
    }
  }

  /** The server may close before it has read all. */
  private static void send(OutputStream out, byte[] request) throws IOException {
    try {
      out.write(request);
    } catch (SocketException closed) {
      // Its answer, if there is one, was sent before.
    }
  }

  private static String receive(InputStream in) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      in.transferTo(answer);
    } catch (SocketException reset) {
      // What came before counts.
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }
}
