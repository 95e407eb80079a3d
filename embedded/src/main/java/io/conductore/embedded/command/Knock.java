package io.conductore.embedded.command;

import io.conductore.embedded.data.PartStatus;
import io.conductore.embedded.data.PartStatus.State;
import io.conductore.embedded.data.RunStatus;
import io.conductore.embedded.net.HttpProbe;
import io.conductore.embedded.net.Ports;
import java.net.URI;
import java.time.Duration;

/** Compares what a status says with who answers. */
final class Knock {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final String HTTP = "http://";

  private Knock() {}

  /** The same status, with parts down that say they are up and do not answer. */
  static RunStatus at(RunStatus status) {
    return new RunStatus(
        status.pid(), status.since(), status.parts().stream().map(Knock::at).toList());
  }

  private static PartStatus at(PartStatus part) {
    if (part.state() != State.UP || part.address().isEmpty() || answers(part.address())) {
      return part;
    }
    return new PartStatus(
        part.part(), State.DOWN, part.address(), part.since(), part.pid(), "does not answer");
  }

  private static boolean answers(String address) {
    if (address.startsWith(HTTP)) {
      return HttpProbe.status(URI.create(address), LIMIT).isPresent();
    }
    int colon = address.lastIndexOf(':');
    return Ports.answers(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), LIMIT);
  }
}
