package io.conductore.bench.server;

import io.conductore.bench.http.HttpRequests;
import io.conductore.bench.http.KeepAlive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, on loopback. */
final class ServerProcess implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofMinutes(3);
  private static final Duration STOP_MAX = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int STATUS_OK = 200;
  private static final int LOG_LINES_SHOWN = 10;

  private final Process process;
  private final int port;
  private final Path log;

  private ServerProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts a command whose own process becomes the server; its output goes to the log. */
  static ServerProcess start(List<String> command, int port, Path log) throws IOException {
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    return new ServerProcess(process, port, log);
  }

  int port() {
    return port;
  }

  /** Returns when a GET of this path answers 200. */
  void awaitOk(String path) throws IOException, InterruptedException {
    byte[] request = HttpRequests.get(path);
    long deadlineNanos = System.nanoTime() + READY_MAX.toNanos();
    while (!answersOk(request)) {
      if (!process.isAlive() || System.nanoTime() - deadlineNanos > 0) {
        throw new IOException("the server is not ready: " + lastWords());
      }
      Thread.sleep(POLL);
    }
  }

  /** The most memory that was ever resident, from the kernel; in bytes. */
  long peakResidentBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      String kib = lines
          .filter(line -> line.startsWith("VmHWM:"))
          .findFirst()
          .orElseThrow(() -> new IOException("the kernel does not tell the peak"));
      return Long.parseLong(kib.replaceAll("\\D", "")) * 1_024;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean answersOk(byte[] request) {
    try (KeepAlive connection = new KeepAlive(port)) {
      return connection.exchange(request) == STATUS_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join(
        "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
  }
}
