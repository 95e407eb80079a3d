package io.conductore.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.conductore.query.http.HttpLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random Authorization headers: never let in, never a 5xx. */
class AuthorizationFuzzTest {
  private static final int REQUESTS = 5_000;
  private static final int TIME_MS_MAX = 10_000;
  private static final List<String> SCHEMES = List.of(
      "Bearer ", "bearer ", "BEARER\t", "Bearer", "Basic ", "Digest ", "", "Bearer Bearer ");

  @TempDir
  private Path folder;

  @Test
  void shouldNeitherLetInNorFailWhateverTheHeaderSays() throws Exception {
    // given
    long seed = System.nanoTime();
    Random random = new Random(seed);
    SetClock clock = new SetClock();
    TokenFixture tokens = new TokenFixture(folder, clock);
    String secret = tokens.viewer();
    Path file = tokens.file().path();
    String limits = "limits: {address: {perSecond: 1000000, burst: 1000000}}\ntokens:";
    Files.writeString(file, Files.readString(file).replace("tokens:", limits));
    Map<Integer, Integer> histogram = new TreeMap<>();

    // when
    try (RunningApi running = new RunningApi(tokens.access(), clock, HttpLimits.DEFAULT)) {
      for (int i = 0; i < REQUESTS; i++) {
        histogram.merge(status(running, header(random, secret)), 1, Integer::sum);
      }
    }

    // then
    assertThat(histogram.keySet()).as("seed=" + seed + " " + histogram).isSubsetOf(400, 401, 431);
    assertThat(histogram.get(401)).as("seed=" + seed).isGreaterThan(REQUESTS / 2);
  }

  private static byte[] header(Random random, String secret) {
    String scheme = SCHEMES.get(random.nextInt(SCHEMES.size()));
    String value = switch (random.nextInt(6)) {
      case 0 -> damaged(random, secret);
      case 1 -> secret.substring(0, random.nextInt(secret.length()));
      case 2 -> secret + (char) ('!' + random.nextInt(90));
      case 3 -> "rig_" + "A".repeat(random.nextInt(100));
      case 4 -> noise(random, random.nextInt(200));
      default -> secret + "\r\nAuthorization: Bearer " + secret;
    };
    return ("Authorization: " + scheme + value + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String damaged(Random random, String secret) {
    int at = random.nextInt(secret.length());
    char other = secret.charAt(at) == 'x' ? 'y' : 'x';
    return secret.substring(0, at) + other + secret.substring(at + 1);
  }

  /** Without line ends: those make other headers, which the tests of limits are about. */
  private static String noise(Random random, int chars) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < chars; i++) {
      char c = (char) random.nextInt(256);
      text.append(c == '\r' || c == '\n' ? ' ' : c);
    }
    return text.toString();
  }

  private static int status(RunningApi running, byte[] header) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", running.api().port()), TIME_MS_MAX);
      socket.setSoTimeout(TIME_MS_MAX);
      var out = socket.getOutputStream();
      var head = "GET /api/agents HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(header);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }
}
