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
public final class ServerProcess implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofMinutes(3);
  private static final Duration STOP_MAX = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int STATUS_OK = 200;
  private static final int USER_TICKS = 11;

  /** What the kernel tells programs, whatever it counts in itself. */
  private static final int TICKS_PER_SECOND = 100;

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

  public int port() {
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

  /** Processor time of all its threads so far, in seconds of one core. */
  public double processorSeconds() throws IOException {
    String line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    // The command's name is in brackets and may hold anything; user and system time come after.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
    return (double) ticks / TICKS_PER_SECOND;
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
