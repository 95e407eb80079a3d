package io.conductore.embedded.net;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;

/** One GET whose body nobody reads. */
public final class HttpProbe {
  private HttpProbe() {}

  /** The status code, or empty if nobody speaks HTTP there within the time. */
  public static OptionalInt status(URI address, Duration limit) {
    try {
      var connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout((int) limit.toMillis());
      connection.setReadTimeout((int) limit.toMillis());
      try {
        int status = connection.getResponseCode();
        return status > 0 ? OptionalInt.of(status) : OptionalInt.empty();
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }
}
