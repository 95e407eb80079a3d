package io.conductore.bench.peer;

import io.conductore.bench.run.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL from the distribution. It refuses to run as root, so root hands it to the postgres
 * user, or to nobody where there is none.
 */
final class InstalledPostgres implements PostgresServer {
  private static final Path DEBIAN_FOLDER = Path.of("/usr/lib/postgresql");
  private static final Duration STEP_MAX = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final List<String> UNPRIVILEGED_USERS = List.of("postgres", "nobody");

  private final Place place;
  private final Process process;

  private InstalledPostgres(Place place, Process process) {
    this.place = place;
    this.process = process;
  }

  /** The newest installed version that has both the server and initdb. */
  static Optional<Path> binaries() throws IOException {
    if (!Files.isDirectory(DEBIAN_FOLDER)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN_FOLDER)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparingInt(InstalledPostgres::version));
    }
  }

  static InstalledPostgres start(Path binaries, Path folder)
      throws IOException, InterruptedException {
    Path data = Files.createDirectories(folder.resolve("data"));
    if (isRoot()) {
      var lookup = data.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(data, lookup.lookupPrincipalByName(unprivilegedUser()));
    }
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    Place place = new Place(binaries, data, FreePort.find());
    place.run("initdb", "-A", "trust", "-U", PostgresSettings.USER, "-E", "UTF8", "--locale=C");
    Process process = place.command("postgres", place.options()).start();
    InstalledPostgres server = new InstalledPostgres(place, process);
    server.awaitReady();
    return server;
  }

  @Override
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + place.port() + "/postgres?user="
        + PostgresSettings.USER;
  }

  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    try {
      place.run("pg_ctl", "stop", "-w", "-m", "fast");
      process.waitFor(STEP_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL did not stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadlineNanos = System.nanoTime() + STEP_MAX.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() - deadlineNanos > 0) {
        throw new IOException(
            "PostgreSQL did not start: " + Files.readString(place.log("postgres")));
      }
      Thread.sleep(POLL);
    }
  }

  private boolean answers() {
    try (Connection connection = DriverManager.getConnection(jdbcUrl())) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** Where the server's programs and data are, and how to run one of them on the other. */
  private record Place(Path binaries, Path data, int port) {

    private List<String> options() {
      List<String> options = new ArrayList<>();
      options.addAll(List.of("-p", Integer.toString(port), "-k", data.toString()));
      PostgresSettings.SERVER.forEach(
          (name, value) -> options.addAll(List.of("-c", name + "=" + value)));
      return options;
    }

    private Path log(String program) {
      return data.resolveSibling(program + ".log");
    }

    private ProcessBuilder command(String program, List<String> arguments) throws IOException {
      List<String> command = new ArrayList<>();
      if (isRoot()) {
        String user = unprivilegedUser();
        command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + groupOf(user)));
        command.add("--clear-groups");
      }
      command.add(binaries.resolve(program).toString());
      command.addAll(List.of("-D", data.toString()));
      command.addAll(arguments);
      return new ProcessBuilder(command)
          .directory(data.toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log(program).toFile()));
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
      Process step = command(program, List.of(arguments)).start();
      if (!step.waitFor(STEP_MAX.toSeconds(), TimeUnit.SECONDS)) {
        step.destroyForcibly();
        throw new IOException(program + " took longer than " + STEP_MAX.toSeconds() + " s");
      }
      if (step.exitValue() != 0) {
        throw new IOException(program + " failed: " + Files.readString(log(program)));
      }
    }
  }

  private static int version(Path bin) {
    String name = bin.getName(bin.getNameCount() - 2).toString();
    return name.chars().allMatch(Character::isDigit) ? Integer.parseInt(name) : 0;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String unprivilegedUser() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/etc/passwd"));
    return UNPRIVILEGED_USERS.stream()
        .filter(user -> lines.stream().anyMatch(line -> line.startsWith(user + ":")))
        .findFirst()
        .orElseThrow(() -> new IOException("no user that PostgreSQL may run as"));
  }

  private static String groupOf(String user) throws IOException {
    return Files.readAllLines(Path.of("/etc/passwd")).stream()
        .filter(line -> line.startsWith(user + ":"))
        .map(line -> line.split(":", -1)[3])
        .findFirst()
        .orElseThrow();
  }
}
