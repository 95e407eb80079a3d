package io.conductore.embedded.run;

import io.conductore.embedded.net.HttpProbe;
import io.conductore.embedded.net.Ports;
import io.conductore.query.health.Dependency;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What /healthz/deep asks in a run. Without the registry, schemas that are known go on working. */
final class DeepChecks {
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(1);

  private DeepChecks() {}

  static List<Dependency> of(int kafkaPort, Optional<URI> registry, BooleanSupplier streamsAlive) {
    var checks = new ArrayList<Dependency>();
    checks.add(
        check(Parts.BROKER, true, () -> Ports.answers(Ports.LOOPBACK, kafkaPort, ANSWER_TIME_MAX)));
    checks.add(check(Parts.STREAMS, true, streamsAlive));
    registry.ifPresent(address -> checks.add(check(
        Parts.REGISTRY, false, () -> HttpProbe.status(address, ANSWER_TIME_MAX).isPresent())));
    return checks;
  }

  private static Dependency check(String part, boolean critical, BooleanSupplier answers) {
    return new Dependency(part, critical, () -> {
      if (!answers.getAsBoolean()) {
        throw new IllegalStateException(part + " does not answer");
      }
      return part;
    });
  }
}
