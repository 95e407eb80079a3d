package io.conductore.agent.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import io.conductore.schemas.evidence.Digests;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what files hold into text that every door accepts. */
final class PlainText {
  /** Ids end up in keys; the API refuses longer ones. */
  static final int ID_CHARS_MAX = 200;

  private static final Pattern NOT_IN_AN_ID = Pattern.compile("\\p{Cntrl}");
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9._-]");

  private PlainText() {}

  /** At most this many characters, never half of a surrogate pair, always valid as UTF-8. */
  static String clipped(String text, int charsMax) {
    String cut = text;
    if (text.length() > charsMax) {
      boolean splitsPair = Character.isHighSurrogate(text.charAt(charsMax - 1));
      cut = text.substring(0, splitsPair ? charsMax - 1 : charsMax);
    }
    // A broken escape such as \ud800 alone is legal JSON but has no UTF-8 form: it becomes a
    // question mark.
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** The text as an id, or null when nothing printable is in it. */
  static @Nullable String idOrNull(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String id = clipped(NOT_IN_AN_ID.matcher(text).replaceAll("").strip(), ID_CHARS_MAX);
    return id.isBlank() ? null : id;
  }

  /** The textual value of a field, null for anything else. */
  static @Nullable String textOrNull(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }

  /** {@code local/<last folder>} for a working folder of either kind of path, null for a root. */
  static @Nullable String localRepo(@Nullable String folder) {
    if (folder == null) {
      return null;
    }
    String path = folder.replace('\\', '/').strip();
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    String name = path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    String safe = NOT_IN_A_NAME.matcher(name).replaceAll("-");
    return safe.isEmpty() ? null : idOrNull("local/" + safe);
  }

  /**
   * The text of a message's or a result's content: a string, or a list of blocks. Blocks that are
   * not text, such as images, stand as their JSON, so that two different screens are two different
   * outputs.
   */
  static String ofContent(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    if (!content.isArray()) {
      return content.isMissingNode() || content.isNull() ? "" : Digests.canonical(content);
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode block : content) {
      text.append(text.isEmpty() ? "" : "\n");
      if (block.isTextual()) {
        text.append(block.textValue());
      } else if (block.path("text").isTextual()) {
        text.append(block.path("text").textValue());
      } else {
        text.append(Digests.canonical(block));
      }
    }
    return text.toString();
  }
}
