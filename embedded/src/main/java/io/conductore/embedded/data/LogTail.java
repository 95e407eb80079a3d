package io.conductore.embedded.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, read from its end. */
public final class LogTail {
  /** What is further up is out of reach, however short the lines are. */
  static final int TAIL_BYTES_MAX = 1024 * 1024;

  private LogTail() {}

  /** Empty if there is no such file. */
  public static List<String> lastLines(Path file, int count) {
    return lastLines(file, 0, count);
  }

  /** Of what the file holds from this place on. */
  public static List<String> lastLines(Path file, long from, int count) {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(Math.min(from, log.length()), log.length() - TAIL_BYTES_MAX);
      var bytes = new byte[(int) (log.length() - start)];
      log.seek(start);
      log.readFully(bytes);
      var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}
