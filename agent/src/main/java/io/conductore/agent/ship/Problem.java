package io.conductore.agent.ship;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An RFC 9457 problem as the API writes it, read leniently: whoever stands between may answer with
 * a page.
 *
 * @param detail one line for a person
 * @param events the events of the batch that it names
 */
record Problem(String detail, List<PostOutcome.RefusedEvent> events) {
  private static final int DETAIL_CHARS_MAX = 512;
  private static final ObjectMapper JSON = new ObjectMapper();

  static Problem of(int status, byte[] body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (IOException e) {
      root = JSON.missingNode();
    }
    String detail = root.path("detail").asText(root.path("title").asText());
    List<PostOutcome.RefusedEvent> events = new ArrayList<>();
    for (JsonNode error : root.path("errors")) {
      if (error.path("index").isInt()) {
        events.add(new PostOutcome.RefusedEvent(
            error.path("index").intValue(),
            line(error.path("field").asText()),
            line(error.path("detail").asText())));
      }
    }
    return new Problem(detail.isBlank() ? "HTTP " + status : line(detail), events);
  }

  private static String line(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.substring(0, Math.min(line.length(), DETAIL_CHARS_MAX));
  }
}
