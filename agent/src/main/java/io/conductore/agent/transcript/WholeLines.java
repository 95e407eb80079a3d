package io.conductore.agent.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A file that somebody appends to, up to the end of its last whole line: what is behind that is
 * still being written. At the end it says so, and goes on once there is more. Stays with the file
 * that it opened when another one takes its name. For one thread.
 */
final class WholeLines extends InputStream {
  /**
   * A model writes one message for seconds, block by block; so long after the last line none of it
   * is to come.
   */
  static final Duration QUIET = Duration.ofSeconds(60);

  private static final int CHUNK_BYTES = 64 << 10;

  private final Path file;
  private final FileChannel channel;
  private final InstantSource clock;
  private final ByteBuffer scan = ByteBuffer.allocate(CHUNK_BYTES);
  private long position;
  private long scanned;
  private long limit;
  private Instant writtenAt = Instant.EPOCH;
  private boolean ended;

  private WholeLines(Path file, FileChannel channel, InstantSource clock) {
    this.file = file;
    this.channel = channel;
    this.clock = clock;
  }

  static WholeLines open(Path file, InstantSource clock) throws IOException {
    return new WholeLines(file, FileChannel.open(file, StandardOpenOption.READ), clock);
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("read in chunks");
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (position >= limit) {
      look();
    }
    int count = (int) Math.min(length, limit - position);
    if (count <= 0) {
      return -1;
    }
    int got = channel.read(ByteBuffer.wrap(into, offset, count), position);
    position += Math.max(got, 0);
    return got;
  }

  /** When what was read last was on disk at the latest. */
  Instant writtenAt() {
    return writtenAt;
  }

  boolean isQuietSince(Instant lineWrittenAt) {
    return !lineWrittenAt.plus(QUIET).isAfter(clock.instant());
  }

  /** Nothing is appended any more: an unfinished last line is one as well. */
  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  /** True when bytes that were read are gone: the file was cut, by copytruncate for one. */
  boolean isCut() throws IOException {
    return channel.size() < scanned;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Each byte is looked at once, however long its line takes. */
  private void look() throws IOException {
    long size = channel.size();
    if (size > scanned) {
      Instant now = clock.instant();
      Instant modified = Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : now;
      writtenAt = modified.isAfter(now) ? now : modified;
    }
    while (scanned < size) {
      scan.clear().limit((int) Math.min(CHUNK_BYTES, size - scanned));
      int got = channel.read(scan, scanned);
      if (got <= 0) {
        break;
      }
      for (int i = got - 1; i >= 0; i--) {
        if (scan.get(i) == '\n') {
          limit = scanned + i + 1;
          break;
        }
      }
      scanned += got;
    }
    if (ended) {
      limit = scanned;
    }
  }
}
