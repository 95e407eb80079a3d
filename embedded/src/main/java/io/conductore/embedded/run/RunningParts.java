package io.conductore.embedded.run;

import io.conductore.embedded.broker.EmbeddedBroker;
import io.conductore.embedded.data.Layout;
import io.conductore.embedded.net.Ports;
import io.conductore.embedded.registry.RegistryProcess;
import io.conductore.embedded.registry.RegistrySettings;
import io.conductore.embedded.registry.RegistryStart;
import io.conductore.query.auth.Access;
import io.conductore.topology.runtime.StreamsPhase;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of one run. The registry is started first and waited for last, because it takes longest
 * and needs nobody. A part that dies later is shown by status, and the others go on.
 */
final class RunningParts implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(RunningParts.class);
  private static final Duration POLL_PAUSE = Duration.ofMillis(100);
  private static final Duration NOTE_EVERY = Duration.ofSeconds(10);
  private static final String NO_ADDRESS = "";

  private final RunSettings settings;
  private final Layout layout;
  private final OperatorFiles files;
  private final InstantSource clock;
  private final StartLines lines;
  private final PartBoard board;
  private final Optional<RegistrySettings> registrySettings;

  private @Nullable ApiDoor api;
  private @Nullable RegistryWatch registry;
  private @Nullable EmbeddedBroker broker;
  private volatile @Nullable Application application;

  RunningParts(
      RunSettings settings,
      Layout layout,
      OperatorFiles files,
      InstantSource clock,
      StartLines lines) {
    this.settings = settings;
    this.layout = layout;
    this.files = files;
    this.clock = clock;
    this.lines = lines;
    this.board = new PartBoard(layout, clock);
    this.registrySettings = settings
        .registryHome()
        .map(home -> new RegistrySettings(
            home, layout.registry(), layout.log(Parts.REGISTRY), settings.registryPort()));
  }

  void endLeftovers() throws IOException {
    if (registrySettings.isPresent()) {
      RegistryProcess.endLeftover(registrySettings.get());
    }
  }

  /** Returns when all run, or why one does not; also when the signal comes. */
  Optional<String> start(StopSignal signal) throws InterruptedException {
    announce();
    sayWhoMayCome();
    registrySettings.ifPresent(this::startRegistry);
    var checks = DeepChecks.of(
        settings.kafkaPort(), registrySettings.map(RegistrySettings::address), this::streamsAlive);
    api = ApiDoor.open(settings, files.access(), checks, clock);
    var failure = startBroker();
    if (failure.isEmpty() && !signal.isAsked()) {
      failure = startApplication(signal);
      failure.ifPresent(why -> board.down(Parts.STREAMS, why));
    }
    if (failure.isEmpty() && !signal.isAsked()) {
      failure = awaitStreams(signal);
    }
    return failure;
  }

  /** Brings the board up to date with what nobody reports by himself. */
  void look() {
    var running = application;
    if (running != null) {
      switch (running.phase()) {
        case StreamsPhase.Running well -> board.up(Parts.STREAMS);
        case StreamsPhase.Rebalancing rebalancing -> board.up(Parts.STREAMS);
        case StreamsPhase.Restoring restoring -> board.up(Parts.STREAMS);
        case StreamsPhase.Stopped stopped -> board.down(Parts.STREAMS, "stopped");
        case StreamsPhase.Failed failed -> board.down(Parts.STREAMS, failed.why());
      }
    }
  }

  /** In the order in which they stand on one another, top first. */
  @Override
  public void close() {
    if (registry != null) {
      registry.expectEnd();
    }
    if (api != null) {
      api.close();
    }
    var running = application;
    if (running != null) {
      running.close();
    }
    if (broker != null) {
      broker.close();
    }
    if (registry != null) {
      registry.close();
    }
  }

  private boolean streamsAlive() {
    var running = application;
    return running != null && running.phase().isAlive();
  }

  private void announce() {
    board.starting(Parts.BROKER, Ports.LOOPBACK + ":" + settings.kafkaPort());
    registrySettings.ifPresent(
        known -> board.starting(Parts.REGISTRY, known.address().toString()));
    board.starting(Parts.STREAMS, NO_ADDRESS);
    board.starting(Parts.API, settings.api().toString());
  }

  private void sayWhoMayCome() {
    var words = "authentication " + files.access().words();
    lines.line(words);
    if (files.access() instanceof Access.Off && settings.auth().off()) {
      LOGGER.atWarn().addKeyValue("host", settings.host()).log("the API asks nobody who he is");
    }
  }

  private void startRegistry(RegistrySettings known) {
    registry = RegistryWatch.start(known, board, start -> tell(known, start));
  }

  private void tell(RegistrySettings known, RegistryStart start) {
    switch (start) {
      case RegistryStart.Ready ready ->
        lines.part(Parts.REGISTRY, known.address().toString());
      case RegistryStart.Failed failed -> {
        lines.part(Parts.REGISTRY, "does not run: " + failed.why());
        failed.lastLines().forEach(line -> lines.line("    " + line));
      }
    }
  }

  private Optional<String> startBroker() {
    try {
      broker = EmbeddedBroker.start(layout.kafka(), settings.kafkaPort());
      board.up(Parts.BROKER);
      lines.part(Parts.BROKER, broker.bootstrapServers());
      return Optional.empty();
    } catch (KafkaException e) {
      LOGGER.atError().setCause(e).log("broker not started");
      board.down(Parts.BROKER, String.valueOf(e.getMessage()));
      return Optional.of("the broker did not start: " + e.getMessage());
    }
  }

  private Optional<String> startApplication(StopSignal signal) throws InterruptedException {
    var bootstrapServers = Ports.LOOPBACK + ":" + settings.kafkaPort();
    var wrongTopics = Application.createTopics(bootstrapServers);
    if (wrongTopics.isPresent() || !registryTried(signal)) {
      return wrongTopics;
    }
    var address = registrySettings.map(RegistrySettings::address);
    var ground = new Application.Ground(bootstrapServers, address, layout, files, clock);
    return switch (Application.start(ground)) {
      case Application.Started started -> {
        application = started.application();
        if (api != null) {
          api.attach(started.application());
        }
        yield Optional.empty();
      }
      case Application.Failed failed -> Optional.of(failed.sentence());
    };
  }

  /** Waits for the registry's first start, good or bad; false if the signal comes before. */
  private boolean registryTried(StopSignal signal) throws InterruptedException {
    while (registry != null && !signal.isAsked() && !registry.awaitFirstStart(POLL_PAUSE)) {
      // Whether one can do without it for once is not known here: it depends on known schemas.
    }
    return !signal.isAsked();
  }

  private Optional<String> awaitStreams(StopSignal signal) throws InterruptedException {
    var running = application;
    long noteNanos = System.nanoTime();
    while (running != null && !running.awaitRunning(POLL_PAUSE)) {
      if (signal.isAsked()) {
        return Optional.empty();
      }
      if (running.phase() instanceof StreamsPhase.Failed failed) {
        board.down(Parts.STREAMS, failed.why());
        return Optional.of("the Streams application stopped: " + failed.why());
      }
      if (System.nanoTime() - noteNanos > NOTE_EVERY.toNanos()) {
        noteNanos = System.nanoTime();
        lines.line("  " + running.phase());
      }
    }
    board.up(Parts.STREAMS);
    board.up(Parts.API);
    lines.part(Parts.STREAMS, "all stores answer");
    lines.part(Parts.API, settings.api().toString());
    return Optional.empty();
  }
}
