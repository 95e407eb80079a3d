package io.conductore.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that stays open. It knows just enough to send a prepared request and to
 * find the end of the answer, because a full client would take a good part of the two cores that it
 * measures.
 */
public final class KeepAlive implements AutoCloseable {
  private static final int BUFFER_BYTES = 16_384;
  private static final int STATUS_REFUSED_MIN = 400;
  private static final int REFUSAL_BYTES_MAX = 500;
  private static final int LINE_BYTES_MAX = 8_192;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
  private static final String LENGTH_HEADER = "content-length:";
  private static final String ENCODING_HEADER = "transfer-encoding:";

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] line = new byte[LINE_BYTES_MAX];
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int bufferAt;
  private int bufferEnd;
  private String refusal = "";

  public KeepAlive(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(ANSWER_MAX.toMillis()));
    out = socket.getOutputStream();
    in = socket.getInputStream();
  }

  /** Sends one request and reads its whole answer. */
  public int exchange(byte[] request) throws IOException {
    out.write(request);
    String statusLine = readLine();
    long length = 0;
    boolean chunked = false;
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith(LENGTH_HEADER)) {
        length = Long.parseLong(lower.substring(LENGTH_HEADER.length()).trim());
      } else if (lower.startsWith(ENCODING_HEADER)) {
        chunked = lower.contains("chunked");
      }
    }
    int status = Integer.parseInt(statusLine, 9, 12, 10);
    if (chunked) {
      skipChunks();
    } else if (status >= STATUS_REFUSED_MIN) {
      refusal = readText(length);
    } else {
      skip(length);
    }
    return status;
  }

  /** How the answer before began, if its status was 4xx or 5xx. */
  public String refusal() {
    return refusal;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void skipChunks() throws IOException {
    int length = chunkLength();
    while (length > 0) {
      skip(length);
      readLine();
      length = chunkLength();
    }
    while (!readLine().isEmpty()) {
      // Trailers end with an empty line.
    }
  }

  private int chunkLength() throws IOException {
    String text = readLine();
    int extension = text.indexOf(';');
    return Integer.parseInt((extension < 0 ? text : text.substring(0, extension)).trim(), 16);
  }

  private String readLine() throws IOException {
    int length = 0;
    for (byte next = read(); next != '\n'; next = read()) {
      if (length == LINE_BYTES_MAX) {
        throw new IOException("a header line is longer than " + LINE_BYTES_MAX + " bytes");
      }
      line[length++] = next;
    }
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.ISO_8859_1);
  }

  private byte read() throws IOException {
    if (bufferAt == bufferEnd) {
      fill();
    }
    return buffer[bufferAt++];
  }

  private String readText(long bytes) throws IOException {
    byte[] text = new byte[(int) Math.min(bytes, REFUSAL_BYTES_MAX)];
    for (int i = 0; i < text.length; i++) {
      text[i] = read();
    }
    skip(bytes - text.length);
    return new String(text, StandardCharsets.UTF_8);
  }

  private void skip(long bytes) throws IOException {
    for (long left = bytes; left > 0; ) {
      if (bufferAt == bufferEnd) {
        fill();
      }
      int skipped = (int) Math.min(left, bufferEnd - bufferAt);
      bufferAt += skipped;
      left -= skipped;
    }
  }

  private void fill() throws IOException {
    int bytes = in.read(buffer);
    if (bytes < 0) {
      throw new EOFException("the server closed the connection");
    }
    bufferAt = 0;
    bufferEnd = bytes;
  }
}
