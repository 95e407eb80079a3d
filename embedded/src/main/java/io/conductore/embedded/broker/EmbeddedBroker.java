package io.conductore.embedded.broker;

import io.conductore.embedded.net.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running broker with its controller. Its folder holds everything that outlives it. */
public final class EmbeddedBroker implements AutoCloseable {
  /**
   * A close that takes longer goes on behind the caller's back, who is about to end the process.
   */
  public static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(2);

  /** Takes a port that is free at the moment. */
  public static final int ANY_PORT = 0;

  private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final String FORMATTED = "meta.properties";

  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Returns when clients are served. The first start in a folder formats it.
   *
   * @throws KafkaException if Kafka cannot start, for example because the port was taken meanwhile
   */
  public static EmbeddedBroker start(Path folder, int port) {
    var settings = new BrokerSettings(
        folder.toAbsolutePath(), port == ANY_PORT ? Ports.free() : port, Ports.free());
    if (!Files.exists(folder.resolve(FORMATTED))) {
      format(settings.folder());
    }
    var config = KafkaConfig.fromProps(settings.properties(), false);
    var server = new KafkaRaftServer(config, Time.SYSTEM);
    server.startup();
    return new EmbeddedBroker(server, settings.port());
  }

  public String bootstrapServers() {
    return Ports.LOOPBACK + ":" + port;
  }

  /** Leaves a clean mark in the folder unless it takes longer than CLOSE_TIME_MAX. */
  @Override
  public void close() {
    var shutdown = Thread.ofPlatform().daemon().name("broker-close").start(this::shutDown);
    try {
      if (!shutdown.join(CLOSE_TIME_MAX)) {
        LOGGER
            .atWarn()
            .addKeyValue("afterMs", CLOSE_TIME_MAX.toMillis())
            .log("broker still closing; its next start reads the newest segments again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void shutDown() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** The file that says "formatted" is written last and at once, so a crash in here is harmless. */
  private static void format(Path folder) {
    try {
      Files.createDirectories(folder);
      new Formatter()
          .setNodeId(BrokerSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setDirectories(List.of(folder.toString()))
          .setMetadataLogDirectory(folder.toString())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new KafkaException("cannot format " + folder, e);
    }
  }
}
