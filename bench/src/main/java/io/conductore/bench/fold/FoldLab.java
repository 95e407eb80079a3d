package io.conductore.bench.fold;

import io.conductore.bench.mix.EncodedLog;
import io.conductore.bench.run.RunFolder;
import io.conductore.topology.head.EventCodecs;
import java.time.InstantSource;

/** What the contestants share: the log they fold, and where to keep things. */
record FoldLab(RunFolder folder, EventCodecs codecs, InstantSource clock, EncodedLog log) {

  /** The same with a shorter log. */
  FoldLab first(int events) {
    return new FoldLab(folder, codecs, clock, log.first(events));
  }
}
