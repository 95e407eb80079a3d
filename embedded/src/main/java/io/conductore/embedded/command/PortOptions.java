package io.conductore.embedded.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where each part listens. */
final class PortOptions {
  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "API and dashboard (${DEFAULT-VALUE})")
  private int api;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "broker (${DEFAULT-VALUE})")
  private int kafka;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "schema registry (${DEFAULT-VALUE})")
  private int registry;

  private record Given(String option, int port) {}

  int api() {
    return api;
  }

  int kafka() {
    return kafka;
  }

  int registry() {
    return registry;
  }

  /** What is wrong with the numbers, in a sentence that names the option to change. */
  Optional<String> objection(boolean withRegistry) {
    var ports = List.of(
        new Given("--port", api),
        new Given("--kafka-port", kafka),
        new Given("--registry-port", registry));
    var used = withRegistry ? ports : ports.subList(0, 2);
    return ports.stream()
        .filter(given -> given.port() < 1 || given.port() > PORT_MAX)
        .findFirst()
        .map(given -> "%s must be a number from 1 to %d, not %d"
            .formatted(given.option(), PORT_MAX, given.port()))
        .or(() -> twice(used));
  }

  private static Optional<String> twice(List<Given> ports) {
    return ports.stream()
        .filter(given ->
            ports.stream().anyMatch(other -> other.port() == given.port() && !other.equals(given)))
        .findFirst()
        .map(given -> "port %d is given to two parts: choose another with %s"
            .formatted(given.port(), given.option()));
  }
}
