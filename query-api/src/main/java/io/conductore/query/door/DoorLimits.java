package io.conductore.query.door;

import io.conductore.query.http.HttpLimits;

/** The limits of one request at the door. */
public final class DoorLimits {
  public static final int BODY_BYTES_MAX = HttpLimits.BODY_BYTES_MAX;
  public static final int EVENTS_MAX = 1_000;

  /** How long a caller may wait for ordinals, by Prefer: wait=N. */
  public static final int WAIT_SECONDS_MAX = 5;

  private DoorLimits() {}
}
