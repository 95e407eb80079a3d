package io.conductore.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where the registry is and how long we bear with it.
 *
 * @param baseUrls same registry, several doors: the next one is tried when one fails. A path is
 *     kept, as in {@code http://host:8080/apis/ccompat/v7}
 * @param request limit on one attempt, answer body included
 * @param deadline limit on one call with all its attempts and pauses
 */
public record RegistryConfig(
    List<URI> baseUrls,
    RegistryAuth auth,
    Duration connect,
    Duration request,
    Duration deadline,
    Backoff backoff) {

  public RegistryConfig {
    baseUrls = baseUrls.stream().map(RegistryConfig::checked).toList();
    if (baseUrls.isEmpty()) {
      throw new IllegalArgumentException("a registry needs at least one base URL");
    }
  }

  /** No auth, connect 2 s, request 5 s, deadline 15 s, backoff 100 ms to 2 s. */
  public static RegistryConfig of(URI... baseUrls) {
    return new RegistryConfig(
        List.of(baseUrls),
        RegistryAuth.none(),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2)));
  }

  public RegistryConfig withAuth(RegistryAuth next) {
    return new RegistryConfig(baseUrls, next, connect, request, deadline, backoff);
  }

  public RegistryConfig withTimeouts(Duration nextRequest, Duration nextDeadline) {
    return new RegistryConfig(baseUrls, auth, connect, nextRequest, nextDeadline, backoff);
  }

  public RegistryConfig withBackoff(Backoff next) {
    return new RegistryConfig(baseUrls, auth, connect, request, deadline, next);
  }

  private static URI checked(URI url) {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    // The URL is logged, so it may not hold a password. The message leaves it out for the same
    // reason.
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "registry URL for host " + url.getHost() + " has a user or password in it: use auth");
    }
    if (!web || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
      throw new IllegalArgumentException(
          "not a registry URL of the form http(s)://host/path: " + url);
    }
    String text = url.toString();
    return text.endsWith("/") ? checked(URI.create(text.substring(0, text.length() - 1))) : url;
  }
}
