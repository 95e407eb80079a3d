package io.conductore.embedded.data;

import java.nio.file.Path;

/** What opening a data folder can come to. */
public sealed interface OpenOutcome {
  /** Ours until it is closed. */
  record Opened(DataFolder folder) implements OpenOutcome {}

  /** Not opened, and nothing was changed in it. */
  sealed interface Refused extends OpenOutcome {
    /** One line that says what to do. */
    String sentence();
  }

  record Held(Path root, long pid) implements Refused {
    @Override
    public String sentence() {
      return "%s is in use by process %d: stop it with ./rig down, or choose another with --data"
          .formatted(root, pid);
    }
  }

  record OtherVersion(Path root, String found) implements Refused {
    @Override
    public String sentence() {
      return "%s has layout version %s, this program knows version %s: choose another with --data"
          .formatted(root, found, DataFolder.VERSION);
    }
  }

  record Foreign(Path root) implements Refused {
    @Override
    public String sentence() {
      return "%s holds something else: choose an empty or a new folder with --data".formatted(root);
    }
  }

  record DiskFull(Path root, long freeBytes) implements Refused {
    private static final long MIB = 1024 * 1024;

    @Override
    public String sentence() {
      return "the disk of %s has %d MiB free, at least %d MiB are needed: choose another --data"
          .formatted(root, freeBytes / MIB, DataFolder.DISK_FREE_BYTES_MIN / MIB);
    }
  }

  record Unusable(Path root, String why) implements Refused {
    @Override
    public String sentence() {
      return "%s cannot be used (%s): choose another with --data".formatted(root, why);
    }
  }
}
