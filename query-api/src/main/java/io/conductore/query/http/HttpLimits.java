package io.conductore.query.http;

import java.time.Duration;

/**
 * The times of a request.
 *
 * @param idle how long a connection may say nothing, in the middle of a request or between two
 * @param bodyTime how long a body may take from its first byte to its last, however it trickles
 */
public record HttpLimits(Duration idle, Duration bodyTime) {
  public static final int BODY_BYTES_MAX = 1_048_576;

  /** What a telemetry exporter may send; a batch of 512 items with tool details is far below. */
  public static final int EXPORT_BYTES_MAX = 4 * 1024 * 1024;

  public static final int HEADER_BYTES_MAX = 16_384;
  public static final HttpLimits DEFAULT =
      new HttpLimits(Duration.ofSeconds(30), Duration.ofSeconds(30));
  private static final String EXPORTS = "/v1/";

  static int bodyBytesMax(String path) {
    return path.startsWith(EXPORTS) ? EXPORT_BYTES_MAX : BODY_BYTES_MAX;
  }
}
