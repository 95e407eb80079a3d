package io.conductore.embedded.command;

import io.conductore.agent.follow.Follower;
import io.conductore.agent.importing.Destination;
import io.conductore.agent.importing.ImportFiles;
import io.conductore.agent.importing.ImportProgress;
import io.conductore.agent.importing.ImportReport;
import io.conductore.agent.importing.ImportRun;
import io.conductore.agent.importing.ImportSummary;
import io.conductore.agent.ship.Backoff;
import io.conductore.agent.ship.EventPoster;
import io.conductore.agent.ship.Pause;
import io.conductore.agent.transcript.Labels;
import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rig import}: recorded runs of coding agents become events of a running system. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Reads Claude Code transcripts (.jsonl) and SWE-agent trajectories (.traj)",
      "and posts what they tell as events.",
      "Repeating an import changes nothing: every event has an id made from what the file says.",
      "Where the API asks for a token, RIG_TOKEN in the environment is sent."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      " 0:every event arrived; broken lines are listed",
      " 1:an event was refused or a file could not be read; it is listed",
      " 2:the command line is wrong",
      " 3:nothing answers at the address"
    })
public final class ImportCommand implements Callable<Integer> {
  private static final int UNREACHABLE = 3;
  private static final int PORT_MAX = 65_535;
  /** Not an option: a command line can be read by everybody on the machine. */
  private static final String TOKEN = "RIG_TOKEN";

  private static final String ID = "[^\\p{Cntrl}\\s#]{1,200}";

  @Spec
  private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, or folders to search for *.jsonl and *.traj.")
  private List<Path> paths = List.of();

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Where the API is (default: ${DEFAULT-VALUE}).")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--agent",
      paramLabel = "ID",
      description = "Who ran it (default: claude-code or swe-agent, by the kind of file).")
  private @Nullable String agent;

  @Option(
      names = "--repo",
      paramLabel = "OWNER/NAME",
      description = "What it worked on (default: local/<folder it ran in>).")
  private @Nullable String repo;

  @Option(names = "--issue", paramLabel = "N", description = "The issue it worked on.")
  private @Nullable Integer issue;

  @Option(
      names = "--follow",
      description = {
        "Go on until Ctrl-C: transcripts are told as they grow, and new files with them.",
        "A restart begins where this one ended."
      })
  private boolean follow;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      defaultValue = ".rig/import-follow.json",
      description = "Where --follow writes down how far it is (default: ${DEFAULT-VALUE}).")
  private Path state = Path.of(".rig", "import-follow.json");

  @Option(names = "--dry-run", description = "Read and count, send nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    check();
    try (EventPoster poster = new EventPoster(
        url,
        Backoff.patient(new Random()),
        InstantSource.system(),
        Pause.SLEEP,
        System.getenv(TOKEN))) {
      if (!dryRun && !poster.somebodyAnswers()) {
        Say.of(spec).error("nothing answers at " + url + ": start it with ./rig up");
        return UNREACHABLE;
      }
      return follow ? follow(poster::post) : run(dryRun ? Destination.NOWHERE : poster::post);
    }
  }

  private int run(Destination destination) throws InterruptedException {
    Say say = Say.of(spec);
    ImportProgress progress = new ImportProgress(say.err(), onTerminal(), InstantSource.system());
    ImportRun run = new ImportRun(new Labels(agent, repo, issue), destination, progress);
    ImportReport report = run.run(ImportFiles.below(paths));
    report.complaints().forEach(say.err()::println);
    if (report.complaintsNotListed() > 0) {
      say.err().println("... and " + report.complaintsNotListed() + " more");
    }
    ImportSummary.lines(report, dryRun).forEach(say::line);
    report
        .unreachable()
        .ifPresent(why -> say.error("stopped: " + url + " does not take events: " + why));
    return report.exitCode();
  }

  /** Ctrl-C may come at any time: what was told and not yet written down is told again. */
  private int follow(Destination destination) {
    Say say = Say.of(spec);
    Follower follower = new Follower(
        new Follower.Setting(
            paths,
            new Labels(agent, repo, issue),
            state,
            InstantSource.system(),
            Pause.SLEEP,
            say::line),
        destination);
    say.line("following; Ctrl-C ends it, and another start goes on from " + state);
    try {
      follower.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private void check() {
    if (follow && dryRun) {
      throw wrong("--follow and --dry-run do not go together");
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getPort() == 0 || url.getPort() > PORT_MAX) {
      throw wrong("--url must look like http://host:port");
    }
    String token = System.getenv(TOKEN);
    if (token != null && !token.matches("[!-~]{1,200}")) {
      throw wrong(TOKEN + " is not a token");
    }
    if (agent != null && !agent.matches(ID)) {
      throw wrong("--agent must be 1 to 200 characters without spaces");
    }
    if (repo != null && (!repo.matches(ID) || !repo.matches("[^/]+/[^/]+"))) {
      throw wrong("--repo must look like OWNER/NAME");
    }
    if (issue != null && issue < 1) {
      throw wrong("--issue must be a number from 1");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  /**
   * Seen on JDK 25: without a terminal there is no console, whatever Error Prone says of JDK 22.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
