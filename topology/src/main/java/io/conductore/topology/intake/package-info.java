/**
 * The INTAKE stage: flat JSON from any Kafka client or REST proxy, and the telemetry of an
 * OpenTelemetry Collector, validated and put on the log it belongs to. It may deliver an event
 * twice; duplicates die at the head of each log.
 */
@NullMarked
package io.conductore.topology.intake;

import org.jspecify.annotations.NullMarked;
