package io.conductore.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The share of the machine's time that its host gave to other guests. A figure taken while much was
 * stolen says more about the neighbours than about what was measured.
 */
public final class StolenTime {
  private static final Path KERNEL_STATISTICS = Path.of("/proc/stat");
  private static final String ALL_CORES = "cpu ";
  private static final int STOLEN_FIELD = 7;

  private final Source source;
  private final Ticks began;

  /** The kernel's line about all cores, empty where there is none. */
  interface Source {
    String line() throws IOException;
  }

  private record Ticks(long stolen, long all) {

    /** Guest time, which follows the stolen, is counted within the user's. */
    static Ticks of(String line) {
      String[] words = line.strip().split("\\s+");
      long stolen = 0;
      long all = 0;
      for (int i = 1; i < words.length && i <= STOLEN_FIELD + 1; i++) {
        long ticks = Long.parseLong(words[i]);
        all += ticks;
        stolen = i == STOLEN_FIELD + 1 ? ticks : stolen;
      }
      return new Ticks(stolen, all);
    }
  }

  StolenTime(Source source) throws IOException {
    this.source = source;
    this.began = Ticks.of(source.line());
  }

  /** Counts from now. */
  public static StolenTime begin() throws IOException {
    return new StolenTime(StolenTime::fromKernel);
  }

  /** Of 100 since it began; not a number where the kernel does not count it. */
  public double percent() throws IOException {
    Ticks now = Ticks.of(source.line());
    long all = now.all() - began.all();
    return all == 0 ? Double.NaN : 100.0 * (now.stolen() - began.stolen()) / all;
  }

  private static String fromKernel() throws IOException {
    if (!Files.isReadable(KERNEL_STATISTICS)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(KERNEL_STATISTICS)) {
      return lines.filter(line -> line.startsWith(ALL_CORES)).findFirst().orElse("");
    }
  }
}
