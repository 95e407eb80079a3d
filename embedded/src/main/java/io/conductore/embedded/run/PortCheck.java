package io.conductore.embedded.run;

import io.conductore.embedded.net.Ports;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Looks at the ports before anything is started, so that a taken one costs a line and not a minute.
 */
final class PortCheck {
  private static final String IN_USE = "in use";

  private PortCheck() {}

  private record Door(String host, int port, String option) {}

  /** What is wrong with the ports, in a sentence that names the option to change. */
  static Optional<String> objection(RunSettings settings) {
    var doors = new ArrayList<Door>();
    doors.add(new Door(settings.host(), settings.port(), "--port"));
    doors.add(new Door(Ports.LOOPBACK, settings.kafkaPort(), "--kafka-port"));
    if (settings.registryHome().isPresent()) {
      doors.add(new Door(Ports.LOOPBACK, settings.registryPort(), "--registry-port"));
    }
    return doors.stream().flatMap(door -> closed(door).stream()).findFirst();
  }

  private static Optional<String> closed(Door door) {
    return Ports.obstacle(door.host(), door.port())
        .map(why -> why.contains(IN_USE)
            ? "port %d is in use by another program: choose another with %s"
                .formatted(door.port(), door.option())
            : "port %d of %s cannot be opened (%s): choose another with %s"
                .formatted(door.port(), door.host(), why, door.option()));
  }
}
