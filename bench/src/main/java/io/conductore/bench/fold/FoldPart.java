package io.conductore.bench.fold;

/** What of the fold comparison a run measures. */
public enum FoldPart {
  BROKER,
  POSTGRES,
  BARE,
  /** Catch-up over a loaded log, and the rebuild of what it wrote. */
  CATCH_UP,
  LIVE
}
