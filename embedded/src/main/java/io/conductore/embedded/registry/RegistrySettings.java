package io.conductore.embedded.registry;

import io.conductore.embedded.net.Ports;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the registry needs to know.
 *
 * @param home where the archive was unpacked
 * @param folder holds its database
 * @param log gets all that it says
 */
public record RegistrySettings(Path home, Path folder, Path log, int port) {
  static final String RUN_JAR = "quarkus-run.jar";

  /** On the command line of every registry of ours, so that a process id can be checked. */
  static final String MARK = "-Drig.registry.folder=";

  private static final String ENTRY_POINT = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
  private static final String CONFLUENT_API = "/apis/ccompat/v7";

  /** Its working set with a thousand schemas is far below; the rest of the 220 MB is not heap. */
  private static final List<String> JVM = List.of(
      // The run jar asks for these two in its manifest, which counts only for java -jar.
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--enable-native-access=ALL-UNNAMED",
      "-Xms32m",
      "-Xmx128m",
      "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseCompactObjectHeaders",
      "-XX:+ExitOnOutOfMemoryError");

  private static final Map<String, String> REGISTRY = Map.ofEntries(
      Map.entry("quarkus.http.host", Ports.LOOPBACK),
      // The second door for health and metrics cannot be closed, so it gets any port.
      Map.entry("quarkus.management.host", Ports.LOOPBACK),
      Map.entry("quarkus.management.port", "0"),
      Map.entry("apicurio.storage.kind", "sql"),
      Map.entry("apicurio.storage.sql.kind", "h2"),
      // Relative to the working folder, so that no character of a path can mean something in a URL.
      Map.entry("apicurio.datasource.url", "jdbc:h2:file:./registry;WRITE_DELAY=0"),
      Map.entry("apicurio.datasource.jdbc.initial-size", "1"),
      Map.entry("apicurio.datasource.jdbc.min-size", "1"),
      Map.entry("apicurio.datasource.jdbc.max-size", "8"),
      Map.entry("quarkus.thread-pool.max-threads", "16"),
      Map.entry("quarkus.vertx.event-loops-pool-size", "2"),
      Map.entry("quarkus.http.access-log.enabled", "false"),
      Map.entry("quarkus.log.category.\"io.apicurio.registry.logging.audit\".level", "WARN"),
      Map.entry("quarkus.log.console.format", "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5p %c{1} %m%n"),
      Map.entry("java.io.tmpdir", "."));

  /** Where Confluent's REST API is. */
  public URI address() {
    return URI.create("http://" + Ports.LOOPBACK + ":" + port + CONFLUENT_API);
  }

  Path pidFile() {
    return folder.resolve("registry.pid");
  }

  /** The mark comes early: the operating system may cut a long command line. */
  List<String> commandLine(Path javaHome) {
    var line = new ArrayList<String>();
    line.add(javaHome.resolve("bin/java").toString());
    line.add(MARK + folder.toAbsolutePath());
    line.addAll(JVM);
    line.add("-Dquarkus.http.port=" + port);
    REGISTRY.forEach((name, value) -> line.add("-D" + name + "=" + value));
    line.add("-cp");
    line.add(home.resolve(RUN_JAR).toAbsolutePath() + File.pathSeparator + codeOf(Tether.class));
    line.add(Tether.class.getName());
    line.add(ENTRY_POINT);
    return line;
  }

  private static Path codeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
