/** How many tool calls the stuck detector folds in a second on one core, without a store. */
@NullMarked
package io.conductore.bench.stuck;

import org.jspecify.annotations.NullMarked;
