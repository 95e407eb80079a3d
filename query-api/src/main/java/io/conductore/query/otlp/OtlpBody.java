package io.conductore.query.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The body of an export within limits, packed or not. */
sealed interface OtlpBody {
  /** What may come out of a packed body: a small one can hold gigabytes. */
  int UNPACKED_BYTES_MAX = 16 * 1024 * 1024;

  /** Whole and unpacked. */
  final class Whole implements OtlpBody {
    private final byte[] bytes;

    private Whole(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  record Refused(int status, String why) implements OtlpBody {}

  /** As it was sent, or unpacked. */
  static OtlpBody of(byte[] body, @Nullable String encoding) {
    String name = encoding == null ? "identity" : encoding.trim().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "identity", "" -> new Whole(body);
      case "gzip" -> unpacked(body);
      default -> new Refused(415, "Content-Encoding is gzip or identity");
    };
  }

  private static OtlpBody unpacked(byte[] packed) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] body = in.readNBytes(UNPACKED_BYTES_MAX + 1);
      return body.length > UNPACKED_BYTES_MAX
          ? new Refused(413, "an export has at most " + UNPACKED_BYTES_MAX + " bytes unpacked")
          : new Whole(body);
    } catch (IOException notGzip) {
      return new Refused(400, "the body is not gzip");
    }
  }

  /** The encoding of the message, by its content type; empty for one that is not OTLP's. */
  static Optional<Boolean> isJson(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].trim();
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "application/x-protobuf" -> Optional.of(false);
      case "application/json" -> Optional.of(true);
      default -> Optional.empty();
    };
  }
}
