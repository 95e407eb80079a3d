package io.conductore.embedded.command;

import io.conductore.embedded.data.DataFolder;
import io.conductore.embedded.net.Ports;
import io.conductore.embedded.run.AuthSettings;
import io.conductore.embedded.run.ExitCode;
import io.conductore.embedded.run.RigRun;
import io.conductore.embedded.run.RunOutcome;
import io.conductore.embedded.run.RunSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts everything and stays until Ctrl-C or SIGTERM. */
@Command(
    name = "up",
    description = "Start broker, registry, topology and API; Ctrl-C stops them.",
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  /** The launcher unpacks the registry and says here where it is. */
  static final String REGISTRY_HOME = "RIG_REGISTRY_HOME";

  @Spec
  private @Nullable CommandSpec spec;

  @Mixin
  private DataOption data = new DataOption();

  @Mixin
  private PortOptions ports = new PortOptions();

  @Option(names = "--no-registry", description = "without the schema registry")
  private boolean noRegistry;

  @Option(
      names = "--host",
      defaultValue = Ports.LOOPBACK,
      description = "address that the API listens on (${DEFAULT-VALUE}); any other needs tokens")
  private String host = Ports.LOOPBACK;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description = "who may use the API (default: tokens.yaml in the data folder, if there)")
  private @Nullable Path tokens;

  @Option(names = "--no-auth", description = "ask nobody who he is, whatever the address")
  private boolean noAuth;

  @Override
  public Integer call() throws InterruptedException {
    var say = Say.of(spec);
    checkPorts();
    if (noAuth && tokens != null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "--tokens and --no-auth exclude each other");
    }
    var registryHome = noRegistry ? Optional.<Path>empty() : registryHome();
    if (!noRegistry && registryHome.isEmpty()) {
      say.error("no schema registry is unpacked at " + REGISTRY_HOME
          + ": start through ./rig, which fetches it, or use --no-registry");
      return ExitCode.NOT_AS_IT_IS;
    }
    var settings = new RunSettings(
        data.folder(),
        host,
        ports.api(),
        ports.kafka(),
        ports.registry(),
        registryHome,
        new AuthSettings(Optional.ofNullable(tokens), noAuth));
    var outcome =
        new RigRun(settings, InstantSource.system(), say.out()).run(DataFolder.FreeBytes.OF_DISK);
    switch (outcome) {
      case RunOutcome.Stopped stopped -> {}
      case RunOutcome.Refused refused -> say.error(refused.sentence());
      case RunOutcome.Failed failed -> say.error(failed.sentence() + "; ./rig logs says more");
    }
    return outcome.exitCode();
  }

  private void checkPorts() {
    ports.objection(!noRegistry).ifPresent(wrong -> {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), wrong);
    });
  }

  private static Optional<Path> registryHome() {
    return Optional.ofNullable(System.getProperty(REGISTRY_HOME, System.getenv(REGISTRY_HOME)))
        .map(Path::of)
        .filter(Files::isDirectory);
  }
}
