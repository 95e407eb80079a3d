package io.conductore.topology.handoff;

import org.jspecify.annotations.Nullable;

/** Which serial log of dispatch an event belongs to. */
public final class Pools {
  /** Where an issue is that was approved without naming a pool. */
  public static final String DEFAULT = "default";

  private Pools() {}

  public static String of(@Nullable String given) {
    return given == null ? DEFAULT : given;
  }
}
