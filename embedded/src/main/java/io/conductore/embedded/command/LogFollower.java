package io.conductore.embedded.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Passes on what is appended to a log, also over the moment when it is rolled and begins anew. */
final class LogFollower {
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int CHUNK_BYTES_MAX = 64 * 1024;

  private final Path file;
  private final PrintWriter out;
  private long position;

  /** Begins at the present end. */
  LogFollower(Path file, PrintWriter out) {
    this.file = file;
    this.out = out;
    this.position = size();
  }

  /** Until the process ends or the reader goes away. */
  void follow() throws InterruptedException {
    while (!out.checkError()) {
      passOn();
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
  }

  /**
   * Whole lines, so that no character is cut in two; a line longer than a chunk comes in pieces.
   */
  void passOn() {
    long size = size();
    if (size < position) {
      position = 0;
    }
    for (var chunk = chunk(); chunk.length > 0; chunk = chunk()) {
      int end = endOfLastLine(chunk);
      out.print(new String(chunk, 0, end, StandardCharsets.UTF_8));
      position += end;
      if (end == 0) {
        break;
      }
    }
    out.flush();
  }

  private static int endOfLastLine(byte[] chunk) {
    int end = chunk.length;
    while (end > 0 && chunk[end - 1] != '\n') {
      end--;
    }
    return end == 0 && chunk.length == CHUNK_BYTES_MAX ? chunk.length : end;
  }

  private byte[] chunk() {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      var bytes = new byte[Math.clamp(log.length() - position, 0, CHUNK_BYTES_MAX)];
      log.seek(position);
      log.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
