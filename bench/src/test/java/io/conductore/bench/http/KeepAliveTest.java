package io.conductore.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private static final byte[] LARGE = new byte[100_000];

  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/sized", exchange -> {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, LARGE.length);
      exchange.getResponseBody().write(LARGE);
      exchange.close();
    });
    server.createContext("/chunked", exchange -> {
      exchange.sendResponseHeaders(503, 0);
      exchange.getResponseBody().write(LARGE);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void shouldFindTheEndOfEveryAnswerWhenTheConnectionIsReused() throws Exception {
    // given
    byte[] post = HttpRequests.postJson("/sized", "{\"type\":\"HEARTBEAT\"}");
    byte[] get = HttpRequests.get("/chunked");

    // when
    int[] statuses = new int[4];
    try (KeepAlive connection = new KeepAlive(server.getAddress().getPort())) {
      for (int i = 0; i < statuses.length; i++) {
        statuses[i] = connection.exchange(i % 2 == 0 ? post : get);
      }
    }

    // then
    assertThat(statuses).containsExactly(200, 503, 200, 503);
  }

  @Test
  void shouldTellHowARefusalBeganWhenTheAnswerIsLong() throws Exception {
    // given
    server.createContext("/refused", exchange -> {
      byte[] body = ("no such thing" + " ".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(400, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });

    // when
    try (KeepAlive connection = new KeepAlive(server.getAddress().getPort())) {
      int refused = connection.exchange(HttpRequests.get("/refused"));
      int next = connection.exchange(HttpRequests.get("/sized"));

      // then
      assertThat(refused).isEqualTo(400);
      assertThat(connection.refusal()).startsWith("no such thing").hasSizeLessThan(1_000);
      assertThat(next).isEqualTo(200);
    }
  }
}
