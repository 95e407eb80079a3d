package io.conductore.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Serves the real web folder and web jars, and answers in the shapes of openapi.yaml. */
final class CannedApi implements AutoCloseable {
  static final String HOSTILE_ID = "<img src=x onerror=\"window.broken=1\">";
  static final String EVIDENCE_ID = "0197f3c2-6f0e-7c11-9a52-000000000096";

  private static final Map<String, String> MEDIA_TYPES = Map.of(
      ".js", "text/javascript",
      ".css", "text/css",
      ".html", "text/html; charset=utf-8",
      ".svg", "image/svg+xml",
      ".yaml", "application/yaml",
      ".png", "image/png");

  /** How the API behaves. */
  enum Mood {
    BUSY,
    EMPTY,
    AWAY,
    STARTING,
    STUCK_REFUSED
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock;
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<String> posted = new ConcurrentLinkedQueue<>();
  private volatile Mood mood = Mood.BUSY;

  CannedApi(InstantSource clock) throws IOException {
    this.clock = clock;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void be(Mood next) {
    mood = next;
  }

  /** How many API requests came. */
  int asked() {
    return asked.get();
  }

  /** The paths that were written to, in order. */
  List<String> posted() {
    return List.copyOf(posted);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!path.startsWith("/api/")) {
        file(exchange, path);
        return;
      }
      asked.incrementAndGet();
      if (exchange.getRequestMethod().equals("POST")) {
        posted.add(path);
        json(exchange, "{}");
        return;
      }
      switch (mood) {
        case AWAY -> {} // closing without an answer is what a dead server looks like
        case STARTING -> problem(exchange, "starting", "Starting");
        case STUCK_REFUSED -> {
          if (path.equals("/api/stuck")) {
            problem(exchange, "unavailable", "Not available right now");
          } else {
            json(exchange, answer(exchange.getRequestURI()));
          }
        }
        case BUSY -> json(exchange, answer(exchange.getRequestURI()));
        case EMPTY -> json(exchange, CannedAnswers.empty(path));
      }
    }
  }

  private String answer(URI asked) {
    return CannedAnswers.busy(asked, ago -> clock.instant().minus(Duration.ofSeconds(ago)));
  }

  private static void json(HttpExchange exchange, String body) throws IOException {
    exchange.getResponseHeaders().set("X-Position", "a0.117-l0.9");
    send(exchange, 200, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static void problem(HttpExchange exchange, String type, String title) throws IOException {
    String body = """
        {"type":"/problems/%s","title":"%s","status":503,"detail":"The stores do not answer."}
        """.formatted(type, title);
    exchange.getResponseHeaders().set("Retry-After", "1");
    send(exchange, 503, "application/problem+json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static void file(HttpExchange exchange, String path) throws IOException {
    byte[] bytes = resource(path);
    if (bytes == null) {
      send(exchange, 404, "text/plain", new byte[0]);
      return;
    }
    int dot = path.lastIndexOf('.');
    String type = MEDIA_TYPES.getOrDefault(dot < 0 ? ".html" : path.substring(dot), "text/plain");
    send(exchange, 200, type, bytes);
  }

  private static byte @Nullable [] resource(String path) throws IOException {
    String name = switch (path) {
      case "/" -> "/web/index.html";
      case "/docs" -> "/web/docs.html";
      case "/openapi.yaml" -> "/openapi.yaml";
      default -> path.startsWith("/webjars/") ? "/META-INF/resources" + path : "/web" + path;
    };
    try (InputStream in = CannedApi.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    boolean docs = exchange.getRequestURI().getPath().equals("/docs");
    // Swagger UI's style sheet draws its arrows from data: images.
    String policy = docs ? "default-src 'self'; img-src 'self' data:" : "default-src 'self'";
    exchange.getResponseHeaders().set("Content-Security-Policy", policy);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
