package io.conductore.agent.transcript;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Opens the files that hold recorded runs, told apart by the ends of their names. */
public final class RecordedRuns {
  private static final String TRANSCRIPT_END = ".jsonl";
  private static final String TRAJECTORY_END = ".traj";

  private RecordedRuns() {}

  /** Whether the name is that of a transcript or a trajectory. */
  public static boolean isNamedLikeOne(Path file) {
    String name = nameOf(file);
    return name.endsWith(TRANSCRIPT_END) || name.endsWith(TRAJECTORY_END);
  }

  /**
   * Opens a file for which {@link #isNamedLikeOne} holds.
   *
   * @throws IOException when the file cannot be read
   */
  public static RunEvents open(Path file, Labels labels) throws IOException {
    String name = nameOf(file);
    if (name.endsWith(TRANSCRIPT_END)) {
      return TranscriptEvents.open(file, labels);
    }
    if (name.endsWith(TRAJECTORY_END)) {
      return TrajectoryEvents.open(file, labels);
    }
    throw new IllegalArgumentException("neither a transcript nor a trajectory: " + file);
  }

  private static String nameOf(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
  }
}
