package io.conductore.bench.server;

import io.conductore.bench.run.FreePort;
import io.conductore.bench.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The two servers under HTTP load. */
public final class Servers {
  private Servers() {}

  /** The product, by its own command; ready when this returns. */
  public static Up up(Path repository, RunFolder folder) throws IOException, InterruptedException {
    Path home = folder.folder("up");
    int port = FreePort.find();
    int kafkaPort = FreePort.find();
    Path command = repository.resolve("rig");
    if (!Files.isExecutable(command)) {
      throw new IOException("no rig command in the repository");
    }
    List<String> words = List.of(
        command.toString(),
        "up",
        "--no-registry",
        "--data",
        home.resolve("data").toString(),
        "--port",
        Integer.toString(port),
        "--kafka-port",
        Integer.toString(kafkaPort));
    ServerProcess process = folder.guard(ServerProcess.start(words, port, home.resolve("up.log")));
    process.awaitOk("/healthz/ready");
    return new Up(process, "127.0.0.1:" + kafkaPort);
  }

  /** The bare handler with the product's heap and collector. */
  static ServerProcess bare(RunFolder folder) throws IOException, InterruptedException {
    int port = FreePort.find();
    List<String> words = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xms64m",
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-cp",
        System.getProperty("java.class.path"),
        BareHandler.class.getName(),
        Integer.toString(port));
    Path log = folder.folder("bare-handler").resolve("server.log");
    ServerProcess process = folder.guard(ServerProcess.start(words, port, log));
    process.awaitOk("/api/cursor");
    return process;
  }

  /** The product's process and its broker's address. */
  public record Up(ServerProcess process, String bootstrap) implements AutoCloseable {
    /** Returns when nothing that was said is left to fold, on any feed. */
    public void awaitFolded() throws Exception {
      for (io.conductore.schemas.Feed feed : io.conductore.schemas.Feed.values()) {
        Feed.awaitFolded(this, feed.topic());
      }
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
