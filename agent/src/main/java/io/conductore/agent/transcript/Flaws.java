package io.conductore.agent.transcript;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The parts of one file that could not be read: all counted, the first few listed. */
public final class Flaws {
  /**
   * Enough to see what is wrong with a file; a binary file must not fill the memory with its
   * complaints.
   */
  static final int LISTED_MAX = 100;

  private final List<Flaw> listed = new ArrayList<>();
  private long count;

  /**
   * One unreadable part.
   *
   * @param line the line number, from 1; for a run in a single JSON object its step number
   * @param reason what is wrong, without any of the content
   */
  public record Flaw(long line, String reason) {}

  void add(long line, String reason) {
    count++;
    if (listed.size() < LISTED_MAX) {
      listed.add(new Flaw(line, reason));
    }
  }

  public long count() {
    return count;
  }

  /** The first {@value #LISTED_MAX} of them. */
  public List<Flaw> listed() {
    return Collections.unmodifiableList(listed);
  }
}
