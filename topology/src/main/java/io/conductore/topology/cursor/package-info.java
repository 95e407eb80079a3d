/**
 * The CURSOR stage: what each agent is told, in order, and how far it has come. Delivered at least
 * once; the ordinal makes processing it once the agent's to promise.
 */
@NullMarked
package io.conductore.topology.cursor;

import org.jspecify.annotations.NullMarked;
