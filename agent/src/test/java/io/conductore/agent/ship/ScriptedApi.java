package io.conductore.agent.ship;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;

/** A real HTTP server that gives the answers it was told to, in order, and then 200. */
public final class ScriptedApi implements AutoCloseable {
  private final HttpServer server;
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<List<String>> bodies = Collections.synchronizedList(new ArrayList<>());
  private final List<String> contentTypes = Collections.synchronizedList(new ArrayList<>());

  private record Answer(int status, String header, String value, String body) {}

  public ScriptedApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/events", this::answer);
    server.start();
  }

  public ScriptedApi then(int status, String body) {
    return then(status, "X-None", "", body);
  }

  public ScriptedApi then(int status, String header, String value, String body) {
    answers.add(new Answer(status, header, value, body));
    return this;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** The lines of every body that came in. */
  public List<List<String>> bodies() {
    return List.copyOf(bodies);
  }

  List<String> contentTypes() {
    return List.copyOf(contentTypes);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList());
      contentTypes.add(exchange.getRequestHeaders().getFirst("Content-Type"));
      Answer answer = answers.isEmpty() ? new Answer(200, "X-None", "", "{}") : answers.remove();
      exchange.getResponseHeaders().set(answer.header(), answer.value());
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
