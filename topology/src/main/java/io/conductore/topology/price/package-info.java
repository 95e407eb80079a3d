/** What a model call costs, by a table with dates in effect. */
@NullMarked
package io.conductore.topology.price;

import org.jspecify.annotations.NullMarked;
