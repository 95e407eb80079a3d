package io.conductore.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for a route, whatever it does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServerTest {
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final long POLL_MS = 1_000;

  private final CountDownLatch never = new CountDownLatch(1);
  private final Javalin server = HttpServer.create(
          "127.0.0.1", new HttpLimits(IDLE, IDLE), config -> {
            config.routes.get("/waits", ctx -> {
              boolean came = never.await(POLL_MS, TimeUnit.MILLISECONDS);
              ctx.result("came: " + came);
            });
            config.routes.post("/reads", ctx -> ctx.result("" + Body.read(ctx).length));
            config.routes.post("/reads-all", ctx -> ctx.result("" + ctx.bodyAsBytes().length));
            config.routes.post(
                "/reads-on",
                ctx -> ctx.result("" + ctx.req().getInputStream().readAllBytes().length));
          })
      .start("127.0.0.1", 0);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterAll
  void stop() {
    client.close();
    server.stop();
  }

  @Test
  void shouldLetARouteWaitLongerThanAConnectionMayIdle() throws Exception {
    // when
    HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/waits")).build());

    // then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("came: false");
  }

  @Test
  void shouldStopAtTheLimitHoweverARouteReadsItsBody() throws Exception {
    // when
    int whole = post("/reads", HttpLimits.BODY_BYTES_MAX).statusCode();
    int more = post("/reads", HttpLimits.BODY_BYTES_MAX + 1).statusCode();
    int otherwise = post("/reads-all", HttpLimits.EXPORT_BYTES_MAX + 100).statusCode();
    int stream = post("/reads-on", HttpLimits.EXPORT_BYTES_MAX + 100).statusCode();

    // then
    assertThat(whole).isEqualTo(200);
    assertThat(List.of(more, otherwise, stream)).containsOnly(413);
  }

  /** In chunks, so that no header says how long it is. */
  private HttpResponse<String> post(String path, int bytes) throws Exception {
    byte[] body = new byte[bytes];
    return send(HttpRequest.newBuilder(uri(path))
        .POST(
            HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
        .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
