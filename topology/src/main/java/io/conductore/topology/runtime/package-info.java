/** Runs the graph on a broker: topics, settings, life and death of the stream threads. */
@NullMarked
package io.conductore.topology.runtime;

import org.jspecify.annotations.NullMarked;
