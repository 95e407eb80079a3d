/**
 * The head of each log: duplicates die here, survivors get a dense ordinal and join their stream.
 * What follows never sees an event twice.
 */
@NullMarked
package io.conductore.topology.head;

import org.jspecify.annotations.NullMarked;
