package io.conductore.agent.ship;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Events in the form in which they travel: one JSON object a line, within what the API takes at
 * once.
 */
public final class EventBatch {
  public static final int EVENTS_MAX = 1_000;

  /** The API takes 1 MiB; the slack is for whoever stands between and counts differently. */
  public static final int BYTES_MAX = (1 << 20) - (16 << 10);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<byte[]> lines = new ArrayList<>();
  private int bytes;

  /**
   * Adds the event, or answers false when it belongs into the next batch. One event always fits an
   * empty batch.
   */
  public boolean add(ObjectNode event) {
    byte[] line = line(event);
    boolean full = lines.size() == EVENTS_MAX || bytes + line.length + 1 > BYTES_MAX;
    if (full && !lines.isEmpty()) {
      return false;
    }
    lines.add(line);
    bytes += line.length + 1;
    return true;
  }

  public int size() {
    return lines.size();
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** One JSON object a line. */
  public byte[] body() {
    return body(Set.of());
  }

  /** The body without the events at these positions. */
  byte[] body(Set<Integer> without) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(bytes);
    for (int i = 0; i < lines.size(); i++) {
      if (!without.contains(i)) {
        body.writeBytes(lines.get(i));
        body.write('\n');
      }
    }
    return body.toByteArray();
  }

  private static byte[] line(ObjectNode event) {
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an event must be plain JSON", e);
    }
  }
}
