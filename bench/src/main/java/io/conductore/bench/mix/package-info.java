/** The events of the benchmark: a seeded mix of what a hundred agents say. */
@NullMarked
package io.conductore.bench.mix;

import org.jspecify.annotations.NullMarked;
