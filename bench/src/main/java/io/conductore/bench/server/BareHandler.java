package io.conductore.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;

/**
 * The least that an HTTP door of this kind can do: parse the JSON, answer JSON, keep nothing. Runs
 * as a process of its own, like the product; its only argument is the port on loopback.
 */
public final class BareHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Object> CURSOR = Map.of(
      "agentId",
      "dev-e-00",
      "lastOrdinal",
      4_711,
      "inFlight",
      java.util.List.of(),
      "slots",
      1,
      "subscribedEventTypes",
      java.util.List.of(),
      "waiting",
      0);

  private BareHandler() {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.startup.showJavalinBanner = false;
          config.routes.post("/api/events", BareHandler::accept);
          config.routes.get("/api/cursor", BareHandler::cursor);
        })
        .start("127.0.0.1", port);
  }

  private static void accept(Context ctx) throws IOException {
    JsonNode event = JSON.readTree(ctx.bodyAsBytes());
    answer(
        ctx,
        Map.of(
            "streamId", event.path("agentId").asText(),
            "type", event.path("type").asText(),
            "eventId", event.path("eventId").asText(),
            "timestamp", event.path("occurredAt").asText()));
  }

  private static void cursor(Context ctx) throws IOException {
    answer(ctx, CURSOR);
  }

  private static void answer(Context ctx, Object body) throws IOException {
    ctx.contentType("application/json").result(JSON.writeValueAsBytes(body));
  }
}
