package io.conductore.schemas.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server that answers what the test tells it to, and remembers what it was asked. */
final class FaultRegistry implements AutoCloseable {
  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Queue<Fault> script = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Fault otherwise = reply(200, "{}");

  record Request(
      String method,
      String path,
      Optional<String> auth,
      Optional<String> contentType,
      String body) {}

  /** Answers one exchange, or breaks it. */
  interface Fault {
    void play(Request request, HttpExchange exchange) throws IOException;
  }

  FaultRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** In order, one for each request; after them the {@link #always} answer. */
  FaultRegistry then(Fault... faults) {
    script.addAll(List.of(faults));
    return this;
  }

  FaultRegistry always(Fault fault) {
    otherwise = fault;
    return this;
  }

  static Fault reply(int status, String body) {
    return reply(status, body, Map.of());
  }

  static Fault reply(int status, String body, Map<String, String> headers) {
    return (request, exchange) -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    };
  }

  /** Says nothing until the server closes. */
  Fault hang() {
    return (request, exchange) -> waitForClose();
  }

  /**
   * Sends headers and half a body, then nothing: a timeout on the headers alone would wait for
   * ever.
   */
  Fault hangInBody() {
    return (request, exchange) -> {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write("{\"schema\":".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      waitForClose();
    };
  }

  /** Cuts the connection. */
  static Fault cut() {
    return (request, exchange) -> {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.close();
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    Request request = new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request);
    Fault next = script.poll();
    (next == null ? otherwise : next).play(request, exchange);
  }

  private void waitForClose() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
