package io.conductore.embedded.run;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run is told from outside.
 *
 * @param host where the API listens; broker and registry stay on the loopback address
 * @param registryHome the unpacked registry, empty for a run without one
 */
public record RunSettings(
    Path data,
    String host,
    int port,
    int kafkaPort,
    int registryPort,
    Optional<Path> registryHome,
    AuthSettings auth) {

  URI api() {
    return URI.create("http://" + host + ":" + port + "/");
  }
}
