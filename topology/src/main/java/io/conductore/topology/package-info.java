/**
 * What is derived: the graph from the logs to the stores.
 * {@link io.conductore.topology.ConductorTopology} is the table of contents.
 */
@NullMarked
package io.conductore.topology;

import org.jspecify.annotations.NullMarked;
