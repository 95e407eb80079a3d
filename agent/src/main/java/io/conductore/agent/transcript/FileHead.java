package io.conductore.agent.transcript;

import io.conductore.schemas.evidence.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The beginning of a file, by which it is known again: appending leaves it alone, and a file that
 * was written anew has another.
 *
 * @param bytes how many bytes were looked at
 * @param digest of them
 */
public record FileHead(int bytes, String digest) {
  static final int BYTES_MAX = 1_024;

  /** Of a file as it is now. */
  public static FileHead of(Path file) throws IOException {
    byte[] head = first(file, BYTES_MAX);
    return new FileHead(head.length, Digests.ofBytes(head, head.length));
  }

  /** Whether this file began so already when the head was taken. */
  public boolean isOf(Path file) throws IOException {
    byte[] head = first(file, bytes);
    return head.length == bytes && Digests.ofBytes(head, bytes).equals(digest);
  }

  /** A file that had less than a whole head has a longer one by now. */
  public FileHead grown(Path file) throws IOException {
    return bytes < BYTES_MAX && isOf(file) ? of(file) : this;
  }

  private static byte[] first(Path file, int count) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(count);
      return Arrays.copyOf(head, head.length);
    }
  }
}
