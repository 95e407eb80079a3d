package io.conductore.agent.importing;

import io.conductore.agent.transcript.RecordedRuns;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files to import, each once, in the order of their paths below each argument, so that every
 * machine reads them alike.
 *
 * @param complaints what was asked for and cannot be read, one line each
 */
public record ImportFiles(List<ImportFile> files, List<String> complaints) {

  /**
   * One file to read.
   *
   * @param named the caller named this very file, so it is an error if it holds no run
   */
  public record ImportFile(Path path, boolean named, long bytes) {}

  /** Takes files as they are and walks folders for whatever is named like a recorded run. */
  public static ImportFiles below(List<Path> paths) {
    ImportFiles found = new ImportFiles(new ArrayList<>(), new ArrayList<>());
    Set<Path> seen = new HashSet<>();
    for (Path path : paths) {
      found.take(path, seen);
    }
    return found;
  }

  /** Bytes in all, for the progress. */
  public long bytes() {
    return files.stream().mapToLong(ImportFile::bytes).sum();
  }

  private void take(Path path, Set<Path> seen) {
    if (Files.isDirectory(path)) {
      walk(path, seen);
    } else if (!Files.exists(path)) {
      complaints.add(path + ": no such file or folder");
    } else if (!RecordedRuns.isNamedLikeOne(path)) {
      complaints.add(path + ": neither a transcript (.jsonl) nor a trajectory (.traj)");
    } else {
      add(path, true, seen);
    }
  }

  private void walk(Path folder, Set<Path> seen) {
    List<Path> below = new ArrayList<>();
    try {
      Files.walkFileTree(folder, new RunFinder(below));
    } catch (IOException e) {
      complaints.add(folder + ": " + e.getMessage());
    }
    below.sort(Comparator.naturalOrder());
    below.forEach(file -> add(file, false, seen));
  }

  private void add(Path file, boolean named, Set<Path> seen) {
    try {
      if (seen.add(file.toRealPath())) {
        files.add(new ImportFile(file, named, Files.size(file)));
      }
    } catch (IOException e) {
      complaints.add(file + ": cannot be read");
    }
  }

  /** Collects candidates; a folder that may not be entered is noted and passed by. */
  private final class RunFinder extends SimpleFileVisitor<Path> {
    private final List<Path> below;

    RunFinder(List<Path> below) {
      this.below = below;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (RecordedRuns.isNamedLikeOne(file) && Files.isRegularFile(file)) {
        below.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      complaints.add(file + ": cannot be read");
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      if (e != null) {
        complaints.add(folder + ": cannot be read to its end");
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
