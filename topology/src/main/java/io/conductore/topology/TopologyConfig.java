package io.conductore.topology;

import io.conductore.topology.dispatch.DispatchRules;
import io.conductore.topology.escalation.EscalationRules;
import io.conductore.topology.head.EventCodecs;
import io.conductore.topology.head.HeadConfig;
import io.conductore.topology.lifecycle.LifecycleLimits;
import io.conductore.topology.otlp.TelemetryNames;
import io.conductore.topology.price.PriceTable;
import io.conductore.topology.stuck.StuckBook;
import java.util.function.Supplier;

/** What the graph needs from outside. */
public record TopologyConfig(
    EventCodecs codecs,
    PriceTable prices,
    HeadConfig head,
    LifecycleLimits lifecycle,
    EscalationRules escalations,
    DispatchRules dispatch,
    Supplier<StuckBook> stuck,
    TelemetryNames telemetry) {

  /**
   * With the seed's limits of an issue's way, two strikes, and the rules and names of this release.
   */
  public TopologyConfig(EventCodecs codecs, PriceTable prices, HeadConfig head) {
    this(
        codecs,
        prices,
        head,
        LifecycleLimits.DEFAULT,
        EscalationRules.bundled(),
        DispatchRules.DEFAULT,
        () -> StuckBook.SEED,
        TelemetryNames.DEFAULT);
  }
}
