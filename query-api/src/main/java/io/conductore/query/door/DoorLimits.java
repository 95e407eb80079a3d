package io.conductore.query.door;

/** The limits of one request at the door. */
public final class DoorLimits {
  public static final int BODY_BYTES_MAX = 1_048_576;
  public static final int EVENTS_MAX = 1_000;

  /** How long a caller may wait for ordinals, by Prefer: wait=N. */
  public static final int WAIT_SECONDS_MAX = 5;

  private DoorLimits() {}
}
