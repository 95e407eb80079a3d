package io.conductore.topology.head;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Sixteen bytes that stand for an event id: a UUID as it is, anything else by the first half of its
 * SHA-256. Half the size of the text, and no id is too long for a key.
 */
public final class EventIdKey {
  public static final int KEY_BYTES = 16;
  private static final int UUID_CHARS = 36;

  private EventIdKey() {}

  public static byte[] of(String eventId) {
    if (eventId.length() == UUID_CHARS) {
      try {
        UUID uuid = UUID.fromString(eventId);
        // fromString also takes forms that print differently; those are other ids.
        if (uuid.toString().equals(eventId)) {
          return bytes(uuid);
        }
      } catch (IllegalArgumentException notAUuid) {
        return digest(eventId);
      }
    }
    return digest(eventId);
  }

  /** A UUID that is always the same for the same text: for events that we derive. */
  public static String derived(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(KEY_BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static byte[] digest(String text) {
    try {
      byte[] whole =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return java.util.Arrays.copyOf(whole, KEY_BYTES);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
