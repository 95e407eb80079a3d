package io.conductore.embedded.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * R23: ten thousand malformed requests; never a 5xx, never a hang, and every error is a problem.
 */
class MalformedRequestsTest {
  private static final int REQUESTS = 10_000;
  private static final int AT_ONCE = 16;
  private static final int HANG_MS_MAX = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path data;

  /** What came back; status 0 when the server closed without an answer. */
  private record Answer(int status, String contentType, String body) {}

  @Test
  void shouldAnswerEveryMalformedRequestWithAProblem() throws Exception {
    // given
    long seed = System.nanoTime();
    Queue<String> complaints = new ConcurrentLinkedQueue<>();
    Map<Integer, Integer> histogram = new TreeMap<>();
    try (RigProcess rig = RigProcess.start(data);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      RequestGrammar grammar = new RequestGrammar(seed);
      List<Future<Answer>> answers = new ArrayList<>();

      // when
      for (int i = 0; i < REQUESTS; i++) {
        byte[] request = grammar.next();
        answers.add(threads.submit(() -> exchange(rig, request, complaints)));
      }
      for (Future<Answer> answer : answers) {
        histogram.merge(answer.get().status(), 1, Integer::sum);
      }

      // then
      assertThat(complaints).as("seed=" + seed).isEmpty();
      assertThat(histogram.keySet()).as("seed=" + seed + " " + histogram).allMatch(s -> s < 500);
      assertThat(histogram.getOrDefault(400, 0)).isGreaterThan(REQUESTS / 10);
      assertThat(rig.get("/healthz/ready").statusCode()).isEqualTo(200);
    }
  }

  private static Answer exchange(RigProcess rig, byte[] request, Queue<String> complaints)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", rig.uri("/").getPort()), HANG_MS_MAX);
      socket.setSoTimeout(HANG_MS_MAX);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      Answer answer = parse(read(socket.getInputStream()));
      judge(request, answer, complaints);
      return answer;
    } catch (SocketTimeoutException hang) {
      complaints.add("hang after " + text(request));
      return new Answer(0, "", "");
    } catch (IOException closed) {
      return new Answer(0, "", "");
    }
  }

  private static void judge(byte[] request, Answer answer, Queue<String> complaints) {
    if (answer.status() >= 500) {
      complaints.add(answer.status() + " " + answer.body() + " after " + text(request));
    }
    // An answer to HEAD has no body: what follows it answers what followed the request.
    String rest = answer.body();
    boolean empty =
        text(request).startsWith("HEAD") && (rest.isEmpty() || rest.startsWith("HTTP/1."));
    if (answer.status() >= 400 && !empty && !isProblem(answer)) {
      complaints.add("no problem but " + answer + " after " + text(request));
    }
  }

  private static boolean isProblem(Answer answer) {
    try {
      return answer.contentType().startsWith("application/problem+json")
          && JSON.readTree(answer.body()).path("type").asText().startsWith("/problems/");
    } catch (IOException notJson) {
      return false;
    }
  }

  private static byte[] read(InputStream in) throws IOException {
    return in.readAllBytes();
  }

  private static Answer parse(byte[] bytes) {
    String whole = text(bytes);
    // An interim answer (100 Continue) comes before the real one.
    while (whole.startsWith("HTTP/1.1 1")) {
      whole = whole.substring(whole.indexOf("\r\n\r\n") + 4);
    }
    if (!whole.startsWith("HTTP/1.")) {
      return new Answer(0, "", "");
    }
    int end = whole.indexOf("\r\n\r\n");
    String head = end < 0 ? whole : whole.substring(0, end);
    String body = end < 0 ? "" : whole.substring(end + 4);
    String type = "";
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-type:")) {
        type = line.substring("content-type:".length()).trim();
      }
    }
    return new Answer(Integer.parseInt(head.substring(9, 12)), type, body);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
