package io.conductore.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Foreign text made fit for one line of a message: bounded, without control characters. */
final class Wording {
  static final int CHARS_MAX = 500;
  private static final int BYTES_READ_MAX = 4 * CHARS_MAX;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private Wording() {}

  /** The message of a Confluent error, else the start of whatever came. */
  static String ofError(JsonNode body, byte[] raw) {
    JsonNode message = body.path("message");
    if (message.isTextual()) {
      return oneLine(message.textValue());
    }
    int length = Math.min(raw.length, BYTES_READ_MAX);
    return oneLine(new String(raw, 0, length, StandardCharsets.UTF_8));
  }

  /** Names the exception's type too: a ConnectException often has no message at all. */
  static String of(Throwable error) {
    String message = error.getMessage();
    String type = error.getClass().getSimpleName();
    return message == null ? type : oneLine(type + ": " + message);
  }

  static String oneLine(String text) {
    String clipped = text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) + "..." : text;
    return CONTROL.matcher(clipped).replaceAll(" ").strip();
  }
}
