package io.conductore.query.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks every dependency, all at once, each with a hard timeout: the original's /healthz/deep. */
public final class DeepHealth {
  private static final Duration CHECK_MAX = Duration.ofSeconds(2);

  private final List<Dependency> dependencies;
  private final InstantSource clock;

  /** Ok, Degraded, or Unreachable when a critical dependency is. */
  public record Report(String status, List<Line> dependencies, Instant checkedAt) {}

  /** One dependency's answer. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
      String name,
      String status,
      boolean critical,
      @Nullable String reason,
      long latencyMs,
      Instant lastCheckAt) {}

  public DeepHealth(List<Dependency> dependencies, InstantSource clock) {
    this.dependencies = List.copyOf(dependencies);
    this.clock = clock;
  }

  public Report check() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Line>> lines = dependencies.stream()
          .map(each -> CompletableFuture.supplyAsync(() -> line(each), threads))
          .toList();
      return report(lines.stream().map(CompletableFuture::join).toList());
    }
  }

  private Report report(List<Line> lines) {
    boolean unreachable = lines.stream().anyMatch(line -> line.critical() && isDown(line));
    boolean degraded = lines.stream().anyMatch(DeepHealth::isDown);
    String status = unreachable ? "Unreachable" : degraded ? "Degraded" : "Ok";
    return new Report(status, lines, clock.instant());
  }

  private Line line(Dependency dependency) {
    long startNs = System.nanoTime();
    String status = "Ok";
    String reason = null;
    CompletableFuture<String> check = new CompletableFuture<>();
    Thread asking = Thread.ofVirtual().start(() -> run(dependency, check));
    try {
      check.get(CHECK_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      status = "Unreachable";
      reason = reason(failed.getCause());
    } catch (TimeoutException late) {
      asking.interrupt();
      status = "Degraded";
      reason = "timeout";
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      status = "Degraded";
      reason = "stopping";
    }
    long latencyMs = Duration.ofNanos(System.nanoTime() - startNs).toMillis();
    return new Line(
        dependency.name(), status, dependency.critical(), reason, latencyMs, clock.instant());
  }

  private static void run(Dependency dependency, CompletableFuture<String> result) {
    try {
      result.complete(dependency.check().call());
    } catch (Exception down) {
      result.completeExceptionally(down);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null ? "failed" : String.valueOf(cause.getMessage());
  }

  private static boolean isDown(Line line) {
    return !line.status().equals("Ok");
  }
}
