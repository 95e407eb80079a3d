package io.conductore.agent.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table that stands at the end of an import. */
public final class ImportSummary {
  private ImportSummary() {}

  /**
   * The lines of the table.
   *
   * @param dryRun nothing was sent, so nothing is called delivered
   */
  public static List<String> lines(ImportReport report, boolean dryRun) {
    List<String> lines = new ArrayList<>();
    lines.add(row("files", report.filesRead(), "read"));
    if (report.filesSkipped() > 0) {
      lines.add(row("", report.filesSkipped(), "skipped, not the run of an agent"));
    }
    if (report.filesFailed() > 0) {
      lines.add(row("", report.filesFailed(), "could not be read"));
    }
    lines.add(row("events", report.events(), "found"));
    for (Map.Entry<String, Long> type : report.eventsByType().entrySet()) {
      lines.add(row("", type.getValue(), type.getKey()));
    }
    if (dryRun) {
      lines.add(row("delivered", 0, "dry run, nothing was sent"));
    } else {
      // The API answers alike for new and known events, so duplicates cannot be counted here.
      lines.add(row("delivered", report.delivered(), "known ones among them change nothing"));
    }
    lines.add(row("refused", report.refused(), ""));
    lines.add(row(
        "broken",
        report.brokenLines(),
        report.brokenLines() == 0
            ? "lines"
            : "lines in %d files".formatted(report.filesWithBrokenLines())));
    return lines;
  }

  private static String row(String what, long count, String note) {
    return String.format(Locale.ROOT, "%-10s %,9d  %s", what, count, note).stripTrailing();
  }
}
