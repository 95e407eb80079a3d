package io.conductore.embedded.run;

import io.conductore.embedded.data.Layout;
import io.conductore.query.auth.Access;
import io.conductore.query.auth.TokenWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the command line says about authentication.
 *
 * @param tokens another file than the one in the data folder
 * @param off nobody is asked, whatever the host
 */
public record AuthSettings(Optional<Path> tokens, boolean off) {
  private static final String LOOPBACK_ONLY = "loopback only";
  private static final String ASKED_FOR = "--no-auth, whoever reaches the port may do everything";

  sealed interface Decision {}

  record Decided(Access access) implements Decision {}

  record Refused(String sentence) implements Decision {}

  /** Tokens where there are any; none at all only on the loopback address, or when asked for. */
  Decision decide(String host, Layout layout, InstantSource clock) throws IOException {
    var file = tokens.orElse(layout.tokens());
    if (off) {
      return new Decided(new Access.Off(isLoopback(host) ? LOOPBACK_ONLY : ASKED_FOR));
    }
    if (tokens.isEmpty() && !Files.exists(file)) {
      return isLoopback(host)
          ? new Decided(new Access.Off(LOOPBACK_ONLY))
          : new Refused("--host " + host + " is open to the network and " + file
              + " is not there: ./rig token new --role operator makes it; --no-auth does without");
    }
    return switch (TokenWatch.open(file, clock)) {
      case TokenWatch.Start.Watching(TokenWatch watch) -> new Decided(new Access.ByToken(watch));
      case TokenWatch.Start.Refused(String sentence) -> new Refused(sentence);
    };
  }

  private static boolean isLoopback(String host) throws IOException {
    return InetAddress.getByName(host).isLoopbackAddress();
  }
}
