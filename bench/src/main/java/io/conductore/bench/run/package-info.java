/** One run of the benchmark: its folder, its machine, its plan, what it clears away. */
@NullMarked
package io.conductore.bench.run;

import org.jspecify.annotations.NullMarked;
