package io.conductore.topology.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what state keeps of free text. State is written anew with each event, so one agent that
 * registers a megabyte of capabilities would pay for it with every heartbeat. The log keeps all.
 */
public final class Clip {
  public static final int TEXT_CHARS_MAX = 200;
  public static final int TEXTS_MAX = 64;

  private Clip() {}

  /** The same for a text that may be absent; an empty one says as little. */
  public static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text(text);
  }

  /** The beginning of the text, without half a surrogate pair at its end. */
  public static String text(String text) {
    if (text.length() <= TEXT_CHARS_MAX) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(TEXT_CHARS_MAX - 1));
    return text.substring(0, splits ? TEXT_CHARS_MAX - 1 : TEXT_CHARS_MAX);
  }

  /** The first texts, each clipped. */
  public static List<String> texts(List<String> texts) {
    return texts.stream().limit(TEXTS_MAX).map(Clip::text).toList();
  }
}
