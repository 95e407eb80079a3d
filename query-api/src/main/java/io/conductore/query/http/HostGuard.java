package io.conductore.query.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps out pages that had their own name resolved to this machine (DNS rebinding): to the browser
 * they are of our origin, but the Host header still says their name. Asks only where the server
 * listens on the loopback address, for elsewhere it may have any name.
 */
final class HostGuard {
  private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:]*)(?::\\d{1,5})?");
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopback;
  private final String bound;

  private HostGuard(boolean loopback, String bound) {
    this.loopback = loopback;
    this.bound = bound;
  }

  /** For a server that listens on this address or name. */
  static HostGuard of(String boundHost) {
    String name = boundHost.toLowerCase(Locale.ROOT);
    return new HostGuard(isLoopback(boundHost), name.contains(":") ? "[" + name + "]" : name);
  }

  /** HTTP/1.0 may come without the header; no browser does. */
  void check(Context ctx) {
    String host = ctx.header(Header.HOST);
    if (loopback && host != null && !isOurs(host)) {
      throw new ProblemException(Problem.misdirected());
    }
  }

  private boolean isOurs(String host) {
    Matcher matcher = HOST.matcher(host.toLowerCase(Locale.ROOT));
    return matcher.matches()
        && (LOOPBACK_NAMES.contains(matcher.group(1)) || matcher.group(1).equals(bound));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException cannotBeBound) {
      return false;
    }
  }
}
