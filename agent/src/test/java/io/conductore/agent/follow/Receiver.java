package io.conductore.agent.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.conductore.agent.importing.Destination;
import io.conductore.agent.ship.EventBatch;
import io.conductore.agent.ship.PostOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An API that keeps the first telling of each event, as the real one does. */
final class Receiver implements Destination {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Map<String, JsonNode> events = new LinkedHashMap<>();
  private final Deque<PostOutcome> failures = new ArrayDeque<>();
  private int tellings;

  @Override
  public PostOutcome post(EventBatch batch) {
    if (!failures.isEmpty()) {
      return failures.removeFirst();
    }
    for (String line : new String(batch.body(), StandardCharsets.UTF_8).split("\n")) {
      JsonNode event = parsed(line);
      events.putIfAbsent(event.path("eventId").asText(), event);
      tellings++;
    }
    return new PostOutcome.Delivered(batch.size(), List.of());
  }

  void failNext(PostOutcome failure) {
    failures.add(failure);
  }

  /** By id, in the order of arrival. */
  Map<String, JsonNode> events() {
    return events;
  }

  /** Repeated ones too. */
  int tellings() {
    return tellings;
  }

  List<String> types() {
    return events.values().stream().map(event -> event.path("type").asText()).toList();
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }
}
