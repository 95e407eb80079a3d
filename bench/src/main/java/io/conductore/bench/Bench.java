package io.conductore.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.conductore.bench.admit.AdmitLatency;
import io.conductore.bench.claim.ClaimComparison;
import io.conductore.bench.fold.FoldComparison;
import io.conductore.bench.fold.FoldPart;
import io.conductore.bench.report.Findings;
import io.conductore.bench.report.Report;
import io.conductore.bench.run.Machine;
import io.conductore.bench.run.Plan;
import io.conductore.bench.run.RunFolder;
import io.conductore.bench.server.ServerComparison;
import io.conductore.bench.server.ServerPart;
import io.conductore.bench.stuck.StuckComparison;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the product against its peers on this machine, in one run, and writes the report. */
@Command(
    name = "bench",
    description = "Figures as ratios against peers measured in the same run.",
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
  private static final int EXIT_FAILED = 1;

  /** What may be measured alone. */
  enum Only {
    BROKER,
    POSTGRES,
    BARE,
    CATCHUP,
    REBUILD,
    LIVE,
    HTTP,
    MEMORY,
    CLAIMS,
    STUCK,
    ADMIT
  }

  @Option(names = "--quick", description = "about three minutes, one round: a look, not a figure")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "only these: broker, postgres, bare, catchup, rebuild, live, http, memory, claims,"
              + " stuck, admit")
  private List<Only> only = List.of();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "default: bench/reports/<date>.md; with --only nothing, unless a file is named")
  private @Nullable Path reportFile;

  @Spec
  private @Nullable CommandSpec spec;

  private final InstantSource clock;

  Bench(InstantSource clock) {
    this.clock = clock;
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench(Clock.systemUTC()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    silenceLibraries();
    Instant began = clock.instant();
    Path repository =
        Path.of(System.getProperty("rig.root", ".")).toAbsolutePath().normalize();
    Plan plan = quick ? Plan.quick() : Plan.full();
    Findings findings = new Findings();
    findings.version("Kafka", AppInfoParser.getVersion());
    List<String> failures;
    Machine machine;
    try (RunFolder folder = RunFolder.create()) {
      machine = Machine.of(repository, folder.fileSystem());
      failures = measure(plan, folder, repository, findings);
    }
    failures.forEach(findings::failed);
    publish(new Report(began, plan, machine, findings), repository);
    return failures.isEmpty() ? CommandLine.ExitCode.OK : EXIT_FAILED;
  }

  /** One part's failure does not cost the figures of the others; the report names it. */
  private List<String> measure(Plan plan, RunFolder folder, Path repository, Findings findings) {
    List<String> failures = new ArrayList<>();
    Set<FoldPart> folds = folds();
    if (!folds.isEmpty()) {
      say("events into state");
      attempt(
          "events into state",
          failures,
          () -> new FoldComparison(plan, folder, clock, this::say).run(folds, findings));
    }
    Set<ServerPart> servers = servers();
    if (!servers.isEmpty()) {
      say("the whole process");
      attempt(
          "the whole process",
          failures,
          () -> new ServerComparison(plan, folder, clock, this::say)
              .run(servers, repository, findings));
    }
    if (asked().contains(Only.CLAIMS)) {
      say("work handed out");
      attempt(
          "work handed out",
          failures,
          () -> new ClaimComparison(plan, folder, this::say).run(repository, findings));
    }
    if (asked().contains(Only.STUCK)) {
      say("the stuck detector");
      attempt(
          "the stuck detector",
          failures,
          () -> new StuckComparison(plan, folder, this::say).run(findings));
    }
    if (asked().contains(Only.ADMIT)) {
      say("calls admitted");
      attempt(
          "calls admitted",
          failures,
          () -> new AdmitLatency(plan, folder, this::say).run(repository, findings));
    }
    return failures;
  }

  /** Something that is measured and may fail. */
  private interface Attempt {
    void run() throws Exception;
  }

  private void attempt(String name, List<String> failures, Attempt attempt) {
    try {
      attempt.run();
    } catch (Exception e) {
      failures.add(name + ": " + e.getMessage());
      e.printStackTrace(err());
    }
  }

  private void publish(Report report, Path repository) throws Exception {
    String page = report.markdown();
    Path named = reportFile;
    if (named == null && !only.isEmpty()) {
      say(page);
      return;
    }
    Path file =
        named == null ? repository.resolve("bench/reports").resolve(report.fileName()) : named;
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, page);
    say("report in " + file);
  }

  private Set<FoldPart> folds() {
    Set<FoldPart> parts = EnumSet.noneOf(FoldPart.class);
    for (Only name : asked()) {
      switch (name) {
        case BROKER -> parts.add(FoldPart.BROKER);
        case POSTGRES -> parts.add(FoldPart.POSTGRES);
        case BARE -> parts.add(FoldPart.BARE);
        case CATCHUP, REBUILD -> parts.add(FoldPart.CATCH_UP);
        case LIVE -> parts.add(FoldPart.LIVE);
        case HTTP, MEMORY, CLAIMS, STUCK, ADMIT -> {}
      }
    }
    return parts;
  }

  private Set<ServerPart> servers() {
    Set<ServerPart> parts = EnumSet.noneOf(ServerPart.class);
    if (asked().contains(Only.HTTP)) {
      parts.add(ServerPart.HTTP);
    }
    if (asked().contains(Only.MEMORY)) {
      parts.add(ServerPart.MEMORY);
    }
    return parts;
  }

  private List<Only> asked() {
    return only.isEmpty() ? List.of(Only.values()) : only;
  }

  /** What Kafka says while it starts and stops two dozen times belongs to no report. */
  private static void silenceLibraries() {
    LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    for (Logger logger : loggers.getLoggerList()) {
      boolean root = logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME);
      logger.setLevel(root ? Level.ERROR : null);
    }
  }

  private void say(String line) {
    PrintWriter out = spec == null
        ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
        : spec.commandLine().getOut();
    out.println(line);
  }

  private PrintWriter err() {
    return spec == null
        ? new PrintWriter(System.err, true, StandardCharsets.UTF_8)
        : spec.commandLine().getErr();
  }
}
