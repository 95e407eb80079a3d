package io.conductore.topology;

import io.conductore.topology.budget.BudgetLimits;
import io.conductore.topology.head.EventCodecs;
import io.conductore.topology.head.HeadConfig;
import io.conductore.topology.price.PriceTable;

/** What the graph needs from outside. */
public record TopologyConfig(
    EventCodecs codecs, BudgetLimits limits, PriceTable prices, HeadConfig head) {}
