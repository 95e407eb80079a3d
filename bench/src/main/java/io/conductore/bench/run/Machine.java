package io.conductore.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What the figures were taken on: the code, and the machine under it. */
public record Machine(Map<String, String> facts) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
  private static final long KIB_PER_GIB = 1L << 20;

  /** Looks around. */
  public static Machine of(Path repository, String fileSystem)
      throws IOException, InterruptedException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("commit", commit(repository));
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("CPU", field(CPU_INFO, "model name"));
    facts.put("memory", memory());
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("file system of the data", fileSystem);
    facts.put("JVM", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put(
        "JVM heap of the benchmark", (Runtime.getRuntime().maxMemory() >> 20) + " MiB at most");
    return new Machine(facts);
  }

  /** The same machine with one more fact. */
  public Machine with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(facts);
    more.put(name, value);
    return new Machine(more);
  }

  /** Whether files that git knows differ from the commit; the reports themselves do not count. */
  private static String commit(Path repository) throws InterruptedException {
    String commit =
        Shell.firstLine(repository, "git", "rev-parse", "HEAD").orElse("not a git clone");
    boolean dirty = Shell.firstLine(
            repository, "git", "status", "--porcelain", "--", ".", ":!bench/reports")
        .isPresent();
    return dirty ? commit + ", with changes that are not committed" : commit;
  }

  private static String memory() throws IOException {
    String kib = field(MEMORY_INFO, "MemTotal").replaceAll("\\D", "");
    return kib.isEmpty()
        ? "unknown"
        : "%.1f GiB".formatted((double) Long.parseLong(kib) / KIB_PER_GIB);
  }

  private static String field(Path file, String name) throws IOException {
    if (!Files.isReadable(file)) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }
}
