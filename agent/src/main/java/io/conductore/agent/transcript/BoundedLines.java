package io.conductore.agent.transcript;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Walks a stream line by line, holding one line at a time and none over the limit. Bytes, not
 * characters: a transcript that was cut or overwritten is not always UTF-8, and only the broken
 * line should suffer.
 */
final class BoundedLines implements Closeable {
  /** Claude Code inlines images as base64, which reach a few MiB; a longer line is damage. */
  static final int LINE_BYTES_MAX = 16 << 20;

  private static final int CHUNK_BYTES = 64 << 10;
  private static final int LINE_BYTES_AT_FIRST = 16 << 10;

  private final InputStream in;
  private final int lineBytesMax;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int chunkAt;
  private int chunkEnd;
  private byte[] line = new byte[LINE_BYTES_AT_FIRST];
  private int length;
  private boolean oversize;
  private long number;
  private long bytesRead;
  private long offset;

  BoundedLines(InputStream in) {
    this(in, LINE_BYTES_MAX);
  }

  BoundedLines(InputStream in, int lineBytesMax) {
    this.in = in;
    this.lineBytesMax = lineBytesMax;
  }

  /** Moves to the next line; false at the end. The last line needs no line end. */
  boolean advance() throws IOException {
    length = 0;
    oversize = false;
    offset = position();
    boolean started = false;
    while (chunkAt < chunkEnd || fill()) {
      started = true;
      int end = lineEnd();
      append(end);
      chunkAt = end;
      if (end < chunkEnd) {
        chunkAt++;
        number++;
        return true;
      }
    }
    if (started) {
      number++;
    }
    return started;
  }

  /**
   * The current line's bytes from 0 to {@link #length}; overwritten by the next {@link #advance}.
   */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  /** The line was longer than the limit; its bytes are gone. */
  boolean oversize() {
    return oversize;
  }

  boolean blank() {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return !oversize;
  }

  /** The current line's number, from 1. */
  long number() {
    return number;
  }

  long bytesRead() {
    return bytesRead;
  }

  /** Where the current line begins in the stream. */
  long offset() {
    return offset;
  }

  /** Where the next line begins. */
  long position() {
    return bytesRead - (chunkEnd - chunkAt);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    int count = in.read(chunk, 0, chunk.length);
    chunkAt = 0;
    chunkEnd = Math.max(count, 0);
    bytesRead += chunkEnd;
    return count > 0;
  }

  private int lineEnd() {
    int end = chunkAt;
    while (end < chunkEnd && chunk[end] != '\n') {
      end++;
    }
    return end;
  }

  private void append(int end) {
    int more = end - chunkAt;
    if (oversize || length + more > lineBytesMax) {
      oversize = true;
      length = 0;
      return;
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(length + more, Math.min(lineBytesMax, line.length * 2)));
    }
    System.arraycopy(chunk, chunkAt, line, length, more);
    length += more;
  }
}
