package io.conductore.topology.activity;

import io.conductore.schemas.activity.Heartbeat;
import io.conductore.topology.state.Clip;
import io.conductore.topology.state.Stamp;
import org.jspecify.annotations.Nullable;

/** What the newest heartbeat said. */
public record Beat(
    Stamp stamp,
    @Nullable String status,
    @Nullable String provider,
    @Nullable String currentRepo,
    @Nullable Integer currentIssue) {
  static final Beat NONE = new Beat(Stamp.NEVER, null, null, null, null);

  Beat apply(Heartbeat beat, Stamp at) {
    return at.isAfter(stamp)
        ? new Beat(
            at,
            Clip.orNull(beat.getStatus()),
            Clip.orNull(beat.getActiveProvider()),
            Clip.orNull(beat.getCurrentRepo()),
            beat.getCurrentIssue())
        : this;
  }
}
