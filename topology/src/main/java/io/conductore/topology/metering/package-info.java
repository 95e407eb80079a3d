/**
 * What an agent's own counters say beside its single calls: readings of OpenTelemetry counters,
 * folded by session, so that a gap between the two is seen. Pure, and blind to the order of
 * arrival; nothing of it is spent money (docs/decisions/0019-counters-check-calls.md).
 */
@NullMarked
package io.conductore.topology.metering;

import org.jspecify.annotations.NullMarked;
