package io.conductore.agent.importing;

import io.conductore.agent.transcript.Flaws;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The account of one import: everything counted, and the first of what went wrong in words. */
public final class ImportReport {
  static final int LINES_LISTED_MAX = 200;

  private final SortedMap<String, Long> eventsByType = new TreeMap<>();
  private final List<String> complaints = new ArrayList<>();
  private long complaintCount;
  private int filesRead;
  private int filesSkipped;
  private int filesFailed;
  private long events;
  private long delivered;
  private long refused;
  private long brokenLines;
  private int filesWithBrokenLines;
  private @Nullable String unreachable;

  void fileRead(Path file, Flaws flaws) {
    filesRead++;
    if (flaws.count() == 0) {
      return;
    }
    filesWithBrokenLines++;
    brokenLines += flaws.count();
    for (Flaws.Flaw flaw : flaws.listed()) {
      list("broken   %s:%d: %s".formatted(file, flaw.line(), flaw.reason()));
    }
    complaintCount += flaws.count() - flaws.listed().size();
  }

  /** A file in a folder that only looked like a run. */
  void fileSkipped() {
    filesSkipped++;
  }

  void fileFailed(String complaint) {
    filesFailed++;
    list("unread   " + complaint);
  }

  void event(String type) {
    events++;
    eventsByType.merge(type, 1L, Long::sum);
  }

  void delivered(int count) {
    delivered += count;
  }

  void refused(int count, String complaint) {
    refused += count;
    list("refused  " + complaint);
  }

  void unreachable(String why) {
    unreachable = why;
  }

  private void list(String complaint) {
    complaintCount++;
    if (complaints.size() < LINES_LISTED_MAX) {
      complaints.add(complaint);
    }
  }

  public int filesRead() {
    return filesRead;
  }

  public int filesSkipped() {
    return filesSkipped;
  }

  /** Files that were asked for and could not be read. */
  public int filesFailed() {
    return filesFailed;
  }

  /** Events read from files, delivered or not. */
  public long events() {
    return events;
  }

  public Map<String, Long> eventsByType() {
    return Collections.unmodifiableMap(eventsByType);
  }

  /** Events that the API took, including those it already had. */
  public long delivered() {
    return delivered;
  }

  public long refused() {
    return refused;
  }

  public long brokenLines() {
    return brokenLines;
  }

  public int filesWithBrokenLines() {
    return filesWithBrokenLines;
  }

  /** Why the import ended early, when nobody answered. */
  public Optional<String> unreachable() {
    return Optional.ofNullable(unreachable);
  }

  /** The first {@value #LINES_LISTED_MAX} complaints, each with its file. */
  public List<String> complaints() {
    return Collections.unmodifiableList(complaints);
  }

  public long complaintsNotListed() {
    return complaintCount - complaints.size();
  }

  /**
   * 0 when every event arrived, 1 when an event was refused or a file could not be read, 3 when
   * nobody answered. Broken lines are reported but no failure: an agent that was killed leaves one
   * behind.
   */
  public int exitCode() {
    if (unreachable != null) {
      return 3;
    }
    return refused + filesFailed > 0 ? 1 : 0;
  }
}
