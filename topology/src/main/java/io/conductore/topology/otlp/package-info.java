/**
 * OpenTelemetry in: what Claude Code and other agents export by themselves becomes events of
 * rig.activity. Pure: bytes in, flat events out.
 */
@NullMarked
package io.conductore.topology.otlp;

import org.jspecify.annotations.NullMarked;
