/** What a series of measurements comes to: medians, percentiles, ratios. */
@NullMarked
package io.conductore.bench.stats;

import org.jspecify.annotations.NullMarked;
